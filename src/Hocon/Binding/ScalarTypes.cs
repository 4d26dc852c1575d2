using System.Collections.Concurrent;
using System.Text.Json;
using Sluice.Hocon.Reading;

namespace Sluice.Hocon.Binding;

/// <summary>The types of settings that are written as one scalar.</summary>
internal static class ScalarTypes
{
    private static readonly Dictionary<Type, ScalarReading> Readers = new()
    {
        [typeof(string)] = Readings.Text,
        [typeof(bool)] = Readings.Boolean,
        [typeof(byte)] = new WholeReading<byte>(),
        [typeof(short)] = new WholeReading<short>(),
        [typeof(ushort)] = new WholeReading<ushort>(),
        [typeof(int)] = Readings.Int,
        [typeof(uint)] = new WholeReading<uint>(),
        [typeof(long)] = Readings.Long,
        [typeof(ulong)] = new WholeReading<ulong>(),
        [typeof(double)] = Readings.Double,
        [typeof(float)] = new ScalarReading<float>("a number", (HoconScalar value, out float number) =>
        {
            var read = Readings.Double.TryRead(value, out var wide);
            number = (float)wide;
            return read && float.IsFinite(number);
        }),
        [typeof(decimal)] = Readings.Decimal,
        [typeof(TimeSpan)] = new ScalarReading<TimeSpan>(Readings.Duration.Expected, (HoconScalar value, out TimeSpan duration) =>
            Readings.Duration.TryRead(value, out duration) && duration >= TimeSpan.Zero),
        [typeof(Uri)] = new ScalarReading<Uri>("a URI such as 'http://127.0.0.1:8077/'", (HoconScalar value, out Uri uri) =>
        {
            var read = Uri.TryCreate(value.Text, UriKind.Absolute, out var absolute)
                && value.Text.StartsWith($"{absolute.Scheme}:", StringComparison.OrdinalIgnoreCase);
            uri = absolute ?? new Uri("about:blank");
            return read;
        }),
    };

    private static readonly Dictionary<Type, ScalarReading> Sizes = new()
    {
        [typeof(long)] = new ScalarReading<long>(Readings.ByteSize.Expected, (HoconScalar value, out long bytes) =>
            Readings.ByteSize.TryRead(value, out bytes) && bytes >= 0),
        [typeof(int)] = new ScalarReading<int>("a size such as '64 KiB', below 2 GiB,", (HoconScalar value, out int bytes) =>
        {
            var read = Readings.ByteSize.TryRead(value, out var wide) && wide is >= 0 and <= int.MaxValue;
            bytes = read ? (int)wide : 0;
            return read;
        }),
    };

    private static readonly ConcurrentDictionary<Type, ScalarReading> Enums = new();

    /// <summary>The reading for a type; null if it is not written as a scalar.</summary>
    public static ScalarReading? Of(Type type, bool inBytes) =>
        inBytes && Sizes.TryGetValue(type, out var size) ? size
        : Readers.TryGetValue(type, out var reader) ? reader
        : type.IsEnum ? Enums.GetOrAdd(type, static type => EnumReading(type))
        : null;

    private static ScalarReading<object> EnumReading(Type type)
    {
        var values = Enum.GetNames(type).ToDictionary(JsonNamingPolicy.KebabCaseLower.ConvertName, name => Enum.Parse(type, name));
        return new ScalarReading<object>(Words.OneOf(values.Keys), (HoconScalar value, out object result) =>
        {
            var read = values.TryGetValue(value.Text, out var found);
            result = found ?? type;
            return read;
        });
    }
}
