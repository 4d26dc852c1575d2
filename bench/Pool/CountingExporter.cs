using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Exporters.Isolation;

namespace Sluice.Pool.Bench;

/// <summary>Counts the events of its run, and has a client that its copies share.</summary>
internal sealed class CountingExporter() : BaseExporter(name: "counting")
{
    private static readonly IsolatedAttribute<long> Seen = new(static () => 0);

    public object Client { get; } = new();

    public override void Export(ExporterEvent happened) => Seen.Reference(this)++;
}
