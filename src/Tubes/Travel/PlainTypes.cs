using System.Globalization;
using System.Numerics;

namespace Sluice.Tubes.Travel;

/// <summary>The types whose values are written as one text, with a name for each: a closed set, so that nothing that arrives chooses a type.</summary>
internal static class PlainTypes
{
    private static readonly Dictionary<Type, string> Names = [];

    private static readonly Dictionary<string, (Type Type, Func<string, object> Read)> ByName = new(StringComparer.Ordinal);

    static PlainTypes()
    {
        Add("text", text => text);
        Add("bool", bool.Parse);
        Add("i8", text => sbyte.Parse(text, CultureInfo.InvariantCulture));
        Add("u8", text => byte.Parse(text, CultureInfo.InvariantCulture));
        Add("i16", text => short.Parse(text, CultureInfo.InvariantCulture));
        Add("u16", text => ushort.Parse(text, CultureInfo.InvariantCulture));
        Add("i32", text => int.Parse(text, CultureInfo.InvariantCulture));
        Add("u32", text => uint.Parse(text, CultureInfo.InvariantCulture));
        Add("i64", text => long.Parse(text, CultureInfo.InvariantCulture));
        Add("u64", text => ulong.Parse(text, CultureInfo.InvariantCulture));
        Add("f32", text => float.Parse(text, CultureInfo.InvariantCulture));
        Add("f64", text => double.Parse(text, CultureInfo.InvariantCulture));
        Add("decimal", text => decimal.Parse(text, CultureInfo.InvariantCulture));
        Add("integer", text => BigInteger.Parse(text, CultureInfo.InvariantCulture));
        Add("char", text => text[0]);
        Add("guid", Guid.Parse);
        Add("duration", text => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture));
        Add("instant", text => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
        Add("time", text => DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
        Add("bytes", Convert.FromBase64String);
    }

    public static bool Knows(Type type) => Names.ContainsKey(type);

    public static string? NameOf(Type type) => Names.GetValueOrDefault(type);

    public static Type? TypeOf(string name) => ByName.TryGetValue(name, out var known) ? known.Type : null;

    public static string Write(object value) => value switch
    {
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <exception cref="FormatException">The name is none of these, or the text is not such a value.</exception>
    public static object Read(string name, string text)
    {
        if (!ByName.TryGetValue(name, out var known))
        {
            throw new FormatException($"'{name}' is no type of a value that travels.");
        }

        try
        {
            return known.Read(text);
        }
        catch (Exception unfit) when (unfit is OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException($"'{text}' is no {name}.", unfit);
        }
    }

    private static void Add<T>(string name, Func<string, T> read)
        where T : notnull
    {
        Names.Add(typeof(T), name);
        ByName.Add(name, (typeof(T), text => read(text)));
    }
}
