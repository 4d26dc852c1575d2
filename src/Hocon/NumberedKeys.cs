using System.Globalization;

namespace Sluice.Hocon;

/// <summary>Objects with the keys 0, 1, 2 … stand for lists where a list is wanted.</summary>
internal static class NumberedKeys
{
    /// <summary>The values of those keys that are whole numbers, in the order of the numbers. Other keys are ignored.</summary>
    public static IReadOnlyList<T> Sort<T>(IReadOnlyDictionary<string, T> fields) =>
        [.. fields.Where(field => IndexOf(field.Key) >= 0).OrderBy(field => IndexOf(field.Key)).Select(field => field.Value)];

    private static int IndexOf(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
}
