namespace Sluice.Exporters.Sinks;

/// <summary>How an item looks where several are written one after the other.</summary>
public enum Envelope
{
    /// <summary>The item as it is.</summary>
    Bare,

    /// <summary><c>{"key":"…","item":…}</c>, so that the reader can drop what came twice.</summary>
    Keyed,
}
