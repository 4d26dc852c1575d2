using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>Which wire, or which params, each parameter takes its argument from.</summary>
internal sealed class WireMap
{
    private readonly string _code;
    private readonly IReadOnlyList<ProcessParameter> _parameters;
    private readonly List<ProcessParameter> _named;
    private readonly Dictionary<ProcessParameter, int> _wires = [];
    private readonly Dictionary<ProcessParameter, object?> _params = [];

    public WireMap(string code, IReadOnlyList<ProcessParameter> parameters)
    {
        _code = code;
        _parameters = parameters;
        _named = [.. parameters.Where(parameter => parameter.Role == ParameterRole.Named)];
        KeywordRest = parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.KeywordRest);
        PositionalRest = parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.PositionalRest);
    }

    public ProcessParameter? KeywordRest { get; }

    public ProcessParameter? PositionalRest { get; }

    /// <summary>The wires that go into the <c>params</c> array, in order.</summary>
    public List<int> RestPositions { get; } = [];

    /// <summary>The wires that go into the rest dictionary, under their names as the tube writes them.</summary>
    public List<(string Name, int Wire)> RestWires { get; } = [];

    /// <summary>The params that go into the rest dictionary.</summary>
    public Dictionary<string, object?> RestParams { get; } = [];

    public int? WireOf(ProcessParameter parameter) => _wires.TryGetValue(parameter, out var wire) ? wire : null;

    public bool HasParam(ProcessParameter parameter, out object? value) => _params.TryGetValue(parameter, out value);

    /// <exception cref="WiringException">No parameter has this name.</exception>
    public void AddParam(string name, object? value)
    {
        if (Find(name) is { } parameter)
        {
            _params[parameter] = value;
        }
        else if (PositionalRest is { } rest && Names.Same(rest.Name, name))
        {
            _params[rest] = value;
        }
        else if (KeywordRest is not null)
        {
            RestParams[name] = value;
        }
        else
        {
            throw new WiringException($"{_code} has no param `{name}`: {Offer("params")}.");
        }
    }

    /// <exception cref="WiringException">A slot does not exist, is given twice, or is required and not given.</exception>
    public void AddWires(IReadOnlyList<InputWire> wires)
    {
        for (var i = 0; i < wires.Count; i++)
        {
            if (wires[i].Slot is { } slot)
            {
                AddNamed(slot, i);
            }
            else
            {
                AddPositional(wires[i].Position ?? 0, i);
            }
        }

        foreach (var missing in _named.Where(parameter => !_wires.ContainsKey(parameter) && !_params.ContainsKey(parameter) && !parameter.HasDefault))
        {
            throw new WiringException($"{_code} needs `{missing.Name}` ({TypeNames.Short(missing.Type)}): add it to `depends` or `params`.");
        }
    }

    private void AddNamed(string slot, int wire)
    {
        if (Find(slot) is { } parameter)
        {
            Give(parameter, wire);
        }
        else if (KeywordRest is not null)
        {
            RestWires.Add((slot, wire));
        }
        else
        {
            throw new WiringException($"{_code} has no slot `{slot}`: {Offer("slots")}.");
        }
    }

    private void AddPositional(int position, int wire)
    {
        if (position >= _named.Count)
        {
            if (PositionalRest is null)
            {
                throw new WiringException($"{_code} takes {_named.Count} inputs by position and is given one more: {Offer("slots")}.");
            }

            RestPositions.Add(wire);
            return;
        }

        if (_params.ContainsKey(_named[position]))
        {
            throw new WiringException($"{_code} is given `{_named[position].Name}` twice, by position and in `params`: remove one.");
        }

        Give(_named[position], wire);
    }

    private void Give(ProcessParameter parameter, int wire)
    {
        if (!_wires.TryAdd(parameter, wire))
        {
            throw new WiringException($"{_code} is given `{parameter.Name}` twice in `depends`: remove one.");
        }
    }

    private ProcessParameter? Find(string name)
    {
        var matches = _named.Where(parameter => Names.Same(parameter.Name, name)).ToList();
        return matches.Count <= 1
            ? matches.FirstOrDefault()
            : matches.Find(parameter => parameter.Name == name)
                ?? throw new WiringException($"`{name}` is ambiguous in {_code}: it could be {string.Join(" or ", matches.Select(parameter => parameter.Name))}. Write one exactly.");
    }

    private string Offer(string what)
    {
        var names = _parameters.Where(parameter => parameter.Role != ParameterRole.Injected).Select(parameter => parameter.Name).ToList();
        return names.Count == 0 ? $"it has no {what}" : $"its {what} are {string.Join(", ", names)}";
    }
}
