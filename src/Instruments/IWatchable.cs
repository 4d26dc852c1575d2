namespace Sluice.Instruments;

/// <summary>Something in which much is watched and more comes to be, such as an actor system: instruments may join while it runs.</summary>
public interface IWatchable
{
    /// <summary>
    /// Has an instrument watch what is there and what will be there. Of each thing it is asked once whether it is wanted; what a wanted thing
    /// creates (its children) is asked about in its turn.
    /// </summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="wants">Says of a thing whether it is to be watched; called on any thread, must not throw.</param>
    /// <returns>Ends the watching when disposed, with the next event of each thing.</returns>
    IDisposable Watch(EventLoopInstrument instrument, Predicate<IInstrumented> wants);
}
