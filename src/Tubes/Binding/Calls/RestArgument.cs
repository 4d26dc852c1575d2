namespace Sluice.Tubes.Binding.Calls;

/// <summary>Makes the dictionary of the inputs and params that have no parameter of their own; an input that did not come is left out.</summary>
internal sealed class RestArgument<T>((string Name, int Wire)[] wires, ArgumentSite[] sites, IReadOnlyDictionary<string, object?> constants)
{
    public Dictionary<string, T> Collect(object?[] inputs)
    {
        var rest = new Dictionary<string, T>(wires.Length + constants.Count);
        foreach (var (name, value) in constants)
        {
            rest[name] = (T)value!;
        }

        for (var i = 0; i < wires.Length; i++)
        {
            var value = inputs[wires[i].Wire];
            if (!ReferenceEquals(value, Absent.Value))
            {
                rest[wires[i].Name] = ArgumentSite.Take<T>(value, sites[i]);
            }
        }

        return rest;
    }
}
