using System.Runtime.InteropServices;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Scheduling;

/// <summary>Keeps what reaches the return node in one root epoch, and makes the result of it.</summary>
internal sealed class ReturnCollector(DependsSpecification depends)
{
    private readonly List<(Epoch Call, int Wire, Epoch Event, object? Value)> _values = [];
    private readonly string?[] _slots = [.. depends.Entries.Select(entry => entry.Slot)];
    private readonly bool _hasPositions = depends.Entries.Any(entry => entry.Slot is null);
    private readonly bool _hasNames = depends.Entries.Any(entry => entry.Slot is not null);
    private bool _isBelowMap;
    private bool _hasScalar;
    private object? _scalar;
    private Epoch _scalarEpoch;

    public void Add(Epoch call, int wire, Epoch of, object? value)
    {
        if (ReferenceEquals(value, Absent.Value))
        {
            return;
        }

        if (depends.Form != DependsForm.Scalar)
        {
            _values.Add((call, wire, of, value));
            _isBelowMap |= !call.IsRoot;
        }
        else if (!_hasScalar || call < _scalarEpoch)
        {
            (_hasScalar, _scalar, _scalarEpoch) = (true, value, call);
        }
    }

    public void Clear()
    {
        _values.Clear();
        (_hasScalar, _scalar, _scalarEpoch, _isBelowMap) = (false, null, default, false);
    }

    /// <summary>The result; null when nothing came. What was collected is gone afterwards.</summary>
    public object? Take()
    {
        var result = depends.Form == DependsForm.Scalar ? _scalar : List();
        Clear();
        return result;
    }

    private object? List()
    {
        if (_values.Count == 0)
        {
            return null;
        }

        var ordered = _isBelowMap ? InOrder() : _values;
        if (!_hasPositions)
        {
            return Named(ordered);
        }

        object?[] positional = [.. ordered.Where(item => _slots[item.Wire] is null).Select(item => item.Value)];
        return _hasNames ? new object?[] { positional, Named(ordered) } : positional;
    }

    private List<(Epoch Call, int Wire, Epoch Event, object? Value)> InOrder()
    {
        for (var index = 1; index < _values.Count; index++)
        {
            if (_values[index - 1].Call > _values[index].Call)
            {
                return [.. _values.OrderBy(item => item.Call)];
            }
        }

        return _values;
    }

    private Dictionary<string, object?> Named(List<(Epoch Call, int Wire, Epoch Event, object? Value)> ordered)
    {
        var named = new Dictionary<string, object?>(_slots.Length, StringComparer.Ordinal);
        if (!_isBelowMap)
        {
            foreach (ref readonly var item in CollectionsMarshal.AsSpan(ordered))
            {
                if (_slots[item.Wire] is { } slot)
                {
                    named[slot] = item.Value;
                }
            }

            return named;
        }

        for (var wire = 0; wire < _slots.Length; wire++)
        {
            if (_slots[wire] is { } slot)
            {
                Gather(named, slot, OfWire(ordered, wire));
            }
        }

        return named;
    }

    /// <summary>What came on one wire, by the epochs of its events: a list that was gathered around a map comes before what its elements say.</summary>
    private static List<(Epoch Event, object? Value)> OfWire(List<(Epoch Call, int Wire, Epoch Event, object? Value)> ordered, int wire)
    {
        var values = ordered.Where(item => item.Wire == wire).Select(item => (item.Event, item.Value)).ToList();
        for (var index = 1; index < values.Count; index++)
        {
            if (values[index - 1].Event > values[index].Event)
            {
                return [.. values.OrderBy(item => item.Event)];
            }
        }

        return values;
    }

    /// <summary>One value is given bare, several as a list; a value from around a map is kept once however often it came.</summary>
    private static void Gather(Dictionary<string, object?> named, string slot, List<(Epoch Event, object? Value)> values)
    {
        List<object?> kept = [.. values.Where((item, index) => index == 0 || item.Event != values[index - 1].Event).Select(item => item.Value)];
        if (kept.Count > 0)
        {
            named[slot] = kept.Count == 1 ? kept[0] : kept;
        }
    }
}
