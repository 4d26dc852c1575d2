namespace Sluice.Exporters.Processors;

/// <summary>Conditions on the context of an item.</summary>
public static class When
{
    /// <summary>The run began with a header of this name whose value is as told; a missing header is not.</summary>
    public static Func<T, ContextState, bool> Header<T>(string name, Func<string, bool> value) =>
        (_, context) => context.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { } text
            && value(text);

    /// <summary>The context has a value of this name that is as told; a missing value is null.</summary>
    public static Func<T, ContextState, bool> Value<T>(string name, Func<object?, bool> value) =>
        (_, context) => value(context.Values.GetValueOrDefault(name));
}
