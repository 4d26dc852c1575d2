namespace Sluice.Exporters.Processing;

/// <summary>What a run of a pipeline asks of the exporter it belongs to.</summary>
internal interface IPipelineOwner
{
    /// <summary>Whether null ends an item's way.</summary>
    bool DropNulls { get; }

    /// <summary>Runs the worker in the background, tracked.</summary>
    void Work(Func<CancellationToken, ValueTask> worker);

    /// <summary>Whether an item could be exported as it is.</summary>
    bool CanExport(object? item);

    /// <summary>Exports an item or a list of items; faults do not come back.</summary>
    ValueTask ExportAsync(object? item, CancellationToken cancellationToken);

    void Failed(Exception fault, string doing);

    void Dropped(int items);
}
