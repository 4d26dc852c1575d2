using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Inputs;

/// <summary>Puts tube inputs where <c>input.NAME</c> is written in params.</summary>
internal static class InputReferences
{
    private const string Prefix = "input.";

    public static IReadOnlyDictionary<string, object?> Fill(
        IReadOnlyDictionary<string, object?> parameters, TubeInputs inputs, SourcePosition position, string key)
    {
        return parameters.Values.Any(IsReference)
            ? parameters.ToDictionary(pair => pair.Key, pair => IsReference(pair.Value) ? Value((string)pair.Value!, $"{key}.{pair.Key}") : pair.Value)
            : parameters;

        object? Value(string reference, string param)
        {
            var name = reference[Prefix.Length..];
            if (inputs.TryTubeValue(name, out var value))
            {
                return value;
            }

            var known = inputs.Specifications.Where(input => input.Scope == InputScope.Tube).Select(input => input.Id).ToList();
            throw new InputMissingException(inputs.Specifications.Any(input => input.Id == name)
                ? $"{position}: {param}: the input {name} has scope process, but params are set when the tube is built; give it scope tube, or use depends."
                : $"{position}: {param}: there is no tube input {name}. {Nearest.Hint(name, known)}");
        }
    }

    private static bool IsReference(object? value) =>
        value is string text && text.StartsWith(Prefix, StringComparison.Ordinal) && Identifiers.IsIdentifier(text[Prefix.Length..]);
}
