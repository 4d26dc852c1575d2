namespace Sluice.Exporters.Processing;

/// <summary>A processor with the name it can be found by.</summary>
internal sealed record Stage(string? Name, IProcessor Processor)
{
    public string Title => Name is null ? Processor.GetType().Name : $"'{Name}'";
}
