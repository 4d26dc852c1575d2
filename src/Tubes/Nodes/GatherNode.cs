using System.Globalization;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Nodes;

/// <summary>Collects values and gives them as one list: every <c>n</c>, or when something comes in on <c>trigger</c>.</summary>
internal sealed class GatherNode : SpecialNode
{
    private const int ValueSlot = 0;
    private const int TriggerSlot = 1;
    private const int CountSlot = 2;

    private static readonly string[] s_params = ["n", "flatten"];

    private readonly bool _flatten;
    private readonly List<(Epoch Epoch, object? Value)> _held = [];
    private readonly int[] _wireOf = [-1, -1, -1];
    private long? _count;

    public GatherNode(IReadOnlyDictionary<string, object?> parameters)
        : base(
            [new Slot("value", typeof(object), true), new Slot("trigger", typeof(object), false), new Slot("n", typeof(int), true)],
            [new Signal("value", typeof(IReadOnlyList<object?>))])
    {
        RefuseUnknownParams(parameters, s_params);
        _count = Count(parameters.GetValueOrDefault("n"));
        _flatten = parameters.GetValueOrDefault("flatten") switch
        {
            null => false,
            bool flag => flag,
            var other => throw new WiringException($"flatten is true or false, not {other}."),
        };
    }

    public override bool IsStateful => true;

    public override void Wire(IReadOnlyList<InputWire> wires)
    {
        for (var index = 0; index < wires.Count; index++)
        {
            var slot = SlotOf(wires[index]);
            if (_wireOf[slot] >= 0)
            {
                throw new WiringException($"the slot {Slots[slot].Name} is given twice, by position and by name; keep one of them.");
            }

            _wireOf[slot] = index;
        }

        if (_wireOf[ValueSlot] < 0)
        {
            throw new WiringException("the slot value is not given; add it to depends.");
        }
    }

    public override ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        var trigger = Input(inputs, TriggerSlot);
        var triggered = trigger is not null && !ReferenceEquals(trigger, Absent.Value);
        var count = Input(inputs, CountSlot);
        _count = count is null || ReferenceEquals(count, Absent.Value) ? _count : Count(count);
        if (triggered && _count is not null)
        {
            throw new SlotValueException("a gather emits every n or when triggered; it has n and was triggered as well. Remove one of the two.");
        }

        _held.Add((call.Epoch, inputs[_wireOf[ValueSlot]]));
        results[0] = triggered || _held.Count >= _count ? Emit() : NoEvent.Value;
        return ValueTask.CompletedTask;
    }

    private List<object?> Emit()
    {
        if (!IsInOrder())
        {
            var sorted = _held.OrderBy(item => item.Epoch).ToList();
            _held.Clear();
            _held.AddRange(sorted);
        }

        var list = new List<object?>(_held.Count);
        foreach (var (_, value) in _held)
        {
            if (_flatten)
            {
                list.AddRange(Elements.Of(value, "a gather with flatten"));
            }
            else
            {
                list.Add(value);
            }
        }

        _held.Clear();
        return list;
    }

    private bool IsInOrder()
    {
        for (var index = 1; index < _held.Count; index++)
        {
            if (_held[index - 1].Epoch > _held[index].Epoch)
            {
                return false;
            }
        }

        return true;
    }

    private object? Input(object?[] inputs, int slot) => _wireOf[slot] < 0 ? Absent.Value : inputs[_wireOf[slot]];

    private static long? Count(object? value)
    {
        try
        {
            return value is null or Absent ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
        catch (Exception unfit) when (unfit is FormatException or InvalidCastException or OverflowException)
        {
            throw new WiringException($"n is a whole number, not {value}.", unfit);
        }
    }
}
