namespace Sluice.Hocon;

/// <summary>
/// A mistake in a configuration. The message is one sentence that names the place, the key, what was found and what is expected;
/// it is meant for the person who wrote the configuration and needs no stack trace.
/// </summary>
public sealed class ConfigException : Exception
{
    /// <summary>Puts the place in front of the sentence.</summary>
    public ConfigException(Origin origin, string sentence, string? key = null, Exception? inner = null)
        : base($"{origin}: {sentence}", inner)
    {
        Origin = origin;
        Key = key;
    }

    /// <summary>The place of the mistake, with what supplied the value.</summary>
    public Origin Origin { get; }

    /// <summary>The file, or what stands for it.</summary>
    public string File => Origin.Source;

    /// <summary>The line, from 1; 0 if the value has no place in a text.</summary>
    public int Line => Origin.Line;

    /// <summary>The column, from 1; 0 if the value has no place in a text.</summary>
    public int Column => Origin.Column;

    /// <summary>The full path of the key concerned; null for a mistake of syntax.</summary>
    public string? Key { get; }
}
