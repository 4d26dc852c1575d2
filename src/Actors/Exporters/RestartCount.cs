namespace Sluice.Actors.Exporters;

/// <summary>How often a copy was started again; it outlives the copy's incarnations, of which one runs at a time.</summary>
internal sealed class RestartCount
{
    /// <summary>The number.</summary>
    public int Value { get; set; }
}
