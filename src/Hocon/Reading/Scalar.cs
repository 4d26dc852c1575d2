namespace Sluice.Hocon.Reading;

/// <summary>Reads a value that must be a scalar.</summary>
internal static class Scalar
{
    public static T Read<T>(HoconValue value, ScalarReading<T> reading, KeyPath path)
        where T : notnull => value switch
        {
            HoconScalar { Kind: not ScalarKind.Null } scalar => reading.TryRead(scalar, out var result)
                ? result
                : throw Mistakes.WrongType(value, path, reading.ExpectedInsteadOf(scalar)),
            _ => throw Mistakes.WrongType(value, path, reading.Expected),
        };
}
