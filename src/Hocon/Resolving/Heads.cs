using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>Takes resolved values apart again, one level at a time.</summary>
internal static class Heads
{
    public static Head Of(HoconValue value, Cell owner) => value switch
    {
        HoconScalar scalar => new ScalarHead(scalar),
        HoconArray list => new ArrayHead([.. list.Items.Select(CellOf)], list.Origin) { Finished = list },
        HoconObject fields => Of(fields, owner),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no kind of value."),
    };

    private static ObjectHead Of(HoconObject value, Cell owner)
    {
        var cells = new OrderedDictionary<string, Cell>(value.Fields.Count);
        foreach (var (key, field) in value.Fields)
        {
            cells.Add(key, CellOf(field));
        }

        return new ObjectHead(cells, value.Origin) { Finished = value, Owner = owner };
    }

    private static Cell CellOf(HoconValue value) => new([new ResolvedNode(value)]);
}
