using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>Resolves all that is inside a value, and refuses a value that contains itself.</summary>
internal sealed class Finisher(Resolver resolver)
{
    private readonly List<string> _keys = [];

    /// <summary>The finished value of a cell; null if it is missing.</summary>
    public HoconValue? Finish(Cell cell)
    {
        var value = resolver.ValueOf(cell) switch
        {
            ScalarHead scalar => scalar.Value,
            ArrayHead { Finished: { } list } => list,
            ObjectHead { Finished: { } fields } => fields,
            ArrayHead { Open: true } or ObjectHead { Open: true } => Circular(cell),
            ArrayHead list => FinishList(list),
            ObjectHead fields => FinishObject(fields),
            _ => null,
        };
        return value is { Depth: > Limits.Nesting + 1 } ? throw TooDeep(cell) : value;
    }

    private HoconArray FinishList(ArrayHead head)
    {
        head.Open = true;
        var items = new List<HoconValue>(head.Items.Count);
        for (var i = 0; i < head.Items.Count; i++)
        {
            if (FinishBelow($"{i}", head.Items[i]) is { } item)
            {
                items.Add(item);
            }
        }

        head.Open = false;
        return head.Finished = new HoconArray(items, head.Origin);
    }

    private HoconObject FinishObject(ObjectHead head)
    {
        head.Open = true;
        var fields = new OrderedDictionary<string, HoconValue>(head.Fields.Count);
        foreach (var (key, cell) in head.Fields)
        {
            if (FinishBelow(key, cell) is { } field)
            {
                fields.Add(key, field);
            }
        }

        head.Open = false;
        return head.Finished = new HoconObject(fields, head.Origin);
    }

    private HoconValue? FinishBelow(string key, Cell cell)
    {
        _keys.Add(key);
        if (_keys.Count > Limits.Nesting + 1)
        {
            throw TooDeep(cell);
        }

        var value = Finish(cell);
        _keys.RemoveAt(_keys.Count - 1);
        return value;
    }

    // An optional reference to what contains it counts as missing, like any other cycle.
    private HoconValue? Circular(Cell cell) => cell.Top is ReferenceNode { Optional: true }
        ? null
        : throw new ConfigException(
            cell.Top.Origin, $"'{Here()}' contains itself{(cell.Top is ReferenceNode reference ? $" by way of {reference}" : "")}: refer to a part of it instead.", Here());

    private static ConfigException TooDeep(Cell cell) =>
        new(cell.Top.Origin, $"the substitutions make objects and lists nest more than {Limits.Nesting} levels deep here: that is the limit.");

    private string Here() => new KeyPath([.. _keys]).ToString();
}
