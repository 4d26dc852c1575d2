using Sluice.Journal;
using Sluice.Journal.Reports;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Makes the journal agree with the pool about who is owed what.</summary>
internal static class JournalSinks
{
    /// <summary>
    /// Adds the pool's exporters to the journal. One that the journal knows from earlier and that is configured no more is detached with what it is owed,
    /// so that nothing new is owed to somebody who is not there.
    /// </summary>
    public static async Task<Opened> AgreeAsync(PoolState state)
    {
        try
        {
            if (state.UsesMemory)
            {
                await JournalMove.SkipUsedNumbersAsync(state.Journal, state.Setup.Parts.Time).ConfigureAwait(false);
            }

            var names = state.Setup.Exporters.Where(exporter => !exporter.Settings.Shadow).Select(exporter => exporter.Sink.Name).ToArray();
            foreach (var name in names)
            {
                await state.Journal.AddSinkAsync(name, CancellationToken.None).ConfigureAwait(false);
            }

            var gone = state.Journal.Status.Sinks.Values.Where(sink => sink.Standing is SinkStanding.Active && !names.Contains(sink.Sink)).ToArray();
            foreach (var sink in gone)
            {
                await state.Journal.RemoveSinkAsync(sink.Sink, new UnsentData.Keep(), CancellationToken.None).ConfigureAwait(false);
            }

            return new(null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(fault);
        }
    }
}
