namespace Sluice.Hocon.Reading;

/// <summary>Reads a value that must be a scalar.</summary>
internal static class Scalar
{
    public static T Read<T>(HoconValue value, Reading<T> reading, KeyPath path) =>
        value is HoconScalar { Kind: not ScalarKind.Null } scalar && reading.TryRead(scalar, out var result)
            ? result
            : throw Mistakes.WrongType(value, path, reading.Expected);
}
