using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;

namespace Sluice.Actors.Exporters;

/// <summary>Lets events of some categories pass.</summary>
internal sealed class CategoryFilter(IEnumerable<string> categories) : IProcessor<ExporterEvent, ExporterEvent>
{
    private readonly HashSet<string> _categories = [.. categories];

    public ValueTask<ExporterEvent?> ProcessAsync(ExporterEvent item, ContextState context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_categories.Contains(item.Category) ? item : null);
}
