using System.Globalization;
using System.Numerics;
using Sluice.Hocon.Units;

namespace Sluice.Hocon.Reading;

/// <summary>Reads whole numbers of any width; one that is too large is told the range.</summary>
internal sealed class WholeReading<T>() : ScalarReading<T>("a whole number", Read)
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override string ExpectedInsteadOf(HoconScalar value) => Number.TryParse(value.Text, out decimal exact) && decimal.IsInteger(exact)
        ? string.Create(CultureInfo.InvariantCulture, $"a whole number from {T.MinValue} to {T.MaxValue}")
        : Expected;

    private static bool Read(HoconScalar value, out T result)
    {
        var whole = Number.TryParse(value.Text, out decimal exact) && decimal.IsInteger(exact)
            && exact >= decimal.CreateChecked(T.MinValue) && exact <= decimal.CreateChecked(T.MaxValue);
        result = whole ? T.CreateChecked(exact) : default;
        return whole;
    }
}
