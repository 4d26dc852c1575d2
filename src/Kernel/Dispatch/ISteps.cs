namespace Sluice.Kernel.Dispatch;

/// <summary>
/// Sees the atomic steps of a mailbox. Production uses <see cref="NoSteps"/>, which the compiler removes; the interleaving specs
/// use one that stops each thread before its step and so runs every order of steps there is.
/// </summary>
internal interface ISteps
{
    /// <summary>The calling thread is about to take a step that other threads can see.</summary>
    static abstract void Before(Step step);

    /// <summary>From which length on a ring's consumer is a <see cref="BusyConsumer{TSteps}"/>; a power of two.</summary>
    static abstract int BusyLength { get; }
}
