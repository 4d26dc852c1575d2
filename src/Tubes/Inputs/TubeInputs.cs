using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Inputs;

/// <summary>The inputs of a tube: which there are, what was given when it was built, and what a process call gets.</summary>
internal sealed class TubeInputs
{
    private readonly object?[] _given;
    private readonly Dictionary<string, int> _indices;

    public TubeInputs(TubeSpecification tube, IReadOnlyDictionary<string, object?> given)
    {
        Specifications = tube.Inputs;
        _indices = Specifications.Select((input, index) => (input.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        _given = [.. Specifications.Select(input => given.TryGetValue(input.Id, out var value) ? value : Absent.Value)];
        Warnings = [.. Unknown(given, tube.Id)];
        foreach (var input in Specifications.Where(input => input.Scope == InputScope.Tube))
        {
            _ = Value(input, _given[IndexOf(input.Id)]);
        }
    }

    public IReadOnlyList<InputSpecification> Specifications { get; }

    public IReadOnlyList<string> Warnings { get; }

    public int IndexOf(string id) => _indices[id];

    /// <summary>Whether a value was given for an input when the tube was built.</summary>
    public bool HasValue(string id) => _indices.TryGetValue(id, out var index) && !ReferenceEquals(_given[index], Absent.Value);

    /// <summary>The values of all tube-scoped inputs, by name.</summary>
    public IEnumerable<KeyValuePair<string, object?>> TubeValues() => Specifications
        .Where(input => input.Scope == InputScope.Tube)
        .Select(input => KeyValuePair.Create(input.Id, Value(input, _given[IndexOf(input.Id)])));

    /// <summary>The value of a tube-scoped input; null when there is no such input.</summary>
    public bool TryTubeValue(string id, out object? value)
    {
        value = null;
        if (!_indices.TryGetValue(id, out var index) || Specifications[index].Scope != InputScope.Tube)
        {
            return false;
        }

        value = Value(Specifications[index], _given[index]);
        return true;
    }

    /// <summary>The values for one process call, by index: the call's own, else the tube's, else the default.</summary>
    /// <exception cref="InputMissingException">A required one is not there.</exception>
    public object?[] ForProcess(IReadOnlyDictionary<string, object?>? call)
    {
        if (Specifications.Count == 0)
        {
            return [];
        }

        var values = new object?[Specifications.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var input = Specifications[index];
            values[index] = call is not null && call.TryGetValue(input.Id, out var own) ? own : Value(input, _given[index]);
        }

        return values;
    }

    /// <summary>Refuses a run whose process calls nobody will give inputs to.</summary>
    /// <exception cref="InputMissingException">A required process input has no value and no default.</exception>
    public void RequireNothingFromCalls()
    {
        foreach (var input in Specifications)
        {
            _ = Value(input, _given[IndexOf(input.Id)]);
        }
    }

    /// <summary>What to say about values that no input takes.</summary>
    public IEnumerable<string> Unknown(IReadOnlyDictionary<string, object?> values, string tube) => values.Keys
        .Where(name => !_indices.ContainsKey(name))
        .Select(name => $"The tube {tube} has no input {name}; it is ignored. {Nearest.Hint(name, _indices.Keys)}");

    private static object? Value(InputSpecification input, object? given) =>
        !ReferenceEquals(given, Absent.Value) ? given
            : input.HasDefault || !input.Required ? input.Default
            : throw new InputMissingException(
                $"The input {input.Id} ({input.Position}) is required and was not given; give it {(input.Scope == InputScope.Tube ? "when the tube is built" : "with the process call")}, or write a default.");
}
