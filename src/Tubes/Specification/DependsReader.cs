using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>Reads <c>depends</c> in all its forms.</summary>
internal static class DependsReader
{
    public static DependsSpecification Read(SourceNode? node, string key, SourcePosition owner)
    {
        switch (node)
        {
            case null or SourceScalar { Value: null }:
                return new DependsSpecification(DependsForm.None, [], owner);
            case SourceScalar scalar:
                return new DependsSpecification(DependsForm.Scalar, [Signal(scalar, key, null, 0)], scalar.Position);
            case SourceList list:
                return new DependsSpecification(DependsForm.List, Entries(list, key), list.Position);
            default:
                throw new InvalidTubeException(
                    node.Position, key, "this must be one node.signal, or a list of node.signal and slot: node.signal; put a dash before each slot.");
        }
    }

    /// <summary>Reads a single <c>node.signal</c>.</summary>
    public static DependencySpecification Signal(SourceNode node, string key, string? slot, int? place)
    {
        var parts = (node as SourceScalar)?.Value is string text ? text.Split('.') : [];
        return parts.Length == 2 && parts.All(Identifiers.IsIdentifier)
            ? new DependencySpecification(parts[0], parts[1], slot, place, node.Position)
            : throw new InvalidTubeException(
                node.Position, key, $"{(node is SourceScalar scalar ? $"'{scalar.Text}'" : node.Kind)} is not a signal; write node.signal, as in a.value.");
    }

    private static List<DependencySpecification> Entries(SourceList list, string key)
    {
        var entries = new List<DependencySpecification>();
        foreach (var item in list.Items)
        {
            entries.Add(item is SourceMap map
                ? Keyword(map, key, entries)
                : Signal(item, key, null, entries.Count(entry => entry.Place is not null)));
        }

        return entries;
    }

    private static DependencySpecification Keyword(SourceMap map, string key, List<DependencySpecification> before)
    {
        if (map.Entries.Count != 1)
        {
            throw new InvalidTubeException(map.Position, key, $"each entry holds one slot: node.signal, this one holds {map.Entries.Count}; put a dash before each slot.");
        }

        var (slot, position, value) = map.Entries[0];
        if (!Identifiers.IsIdentifier(slot) || Identifiers.IsReserved(slot))
        {
            throw new InvalidTubeException(position, key, $"'{slot}' cannot be the name of a slot.");
        }

        if (before.Any(entry => entry.Slot == slot))
        {
            throw new InvalidTubeException(position, key, $"the slot {slot} is given twice; keep one of them.");
        }

        return Signal(value, $"{key}.{slot}", slot, null);
    }
}
