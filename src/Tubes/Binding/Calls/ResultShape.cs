using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>What a method gives: how values come (at once, awaited, in a sequence), and on which signals.</summary>
internal sealed class ResultShape
{
    private const string SingleSignal = "value";

    private static readonly Dictionary<Type, ResultFlow> Flows = new()
    {
        [typeof(Task<>)] = ResultFlow.Task,
        [typeof(ValueTask<>)] = ResultFlow.ValueTask,
        [typeof(IEnumerable<>)] = ResultFlow.Sequence,
        [typeof(IEnumerator<>)] = ResultFlow.Sequence,
        [typeof(IAsyncEnumerable<>)] = ResultFlow.AsyncSequence,
        [typeof(IAsyncEnumerator<>)] = ResultFlow.AsyncSequence,
    };

    /// <summary>The shape of a node's method, as its declaration says.</summary>
    public ResultShape(MethodInfo method)
    {
        (Flow, ValueType) = FlowOf(method.ReturnType);
        var bare = Unwrapped(ValueType);
        var given = method.ReturnParameter.GetCustomAttributes<SignalAttribute>().Select(signal => signal.Name).ToList();
        var elements = given.Count <= 1 && TupleNames(method, bare) is { } names
            ? FromTuple(names, bare)
            : FromGiven(given, given.Count > 1 ? bare : ValueType, method);
        Signals = elements is null ? [.. given.Select(name => new Signal(name, typeof(object)))] : [.. elements.Select(element => element.Signal)];
        Elements = elements?.Count > 1 && bare != ValueType ? null : elements;
    }

    /// <summary>The shape of a method whose object says what its signals are.</summary>
    public ResultShape(MethodInfo method, IReadOnlyList<Signal> signals)
    {
        (Flow, ValueType) = FlowOf(method.ReturnType);
        Signals = signals;
        Elements = signals is [var only] ? [new SignalElement(only, [])] : null;
    }

    private ResultShape(ResultFlow flow, Type valueType)
    {
        (Flow, ValueType) = (flow, valueType);
        Elements = [new SignalElement(new Signal(SingleSignal, EventType(valueType)), [])];
        Signals = [Elements[0].Signal];
    }

    public ResultFlow Flow { get; }

    /// <summary>The type of one value: the T of a task or sequence, the return type itself otherwise; void stays void.</summary>
    public Type ValueType { get; }

    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>The ways from a value to its signals; null if the value must be taken apart when it comes.</summary>
    public IReadOnlyList<SignalElement>? Elements { get; }

    public bool IsSource => Flow is ResultFlow.Sequence or ResultFlow.AsyncSequence;

    /// <summary>The shape of a factory: its whole result, awaited if it is a task; a sequence stays one.</summary>
    public static ResultShape Whole(MethodInfo method)
    {
        var (flow, valueType) = FlowOf(method.ReturnType);
        return flow is ResultFlow.Sequence or ResultFlow.AsyncSequence ? new(ResultFlow.Plain, method.ReturnType) : new(flow, valueType);
    }

    private static (ResultFlow Flow, Type ValueType) FlowOf(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return (type == typeof(Task) ? ResultFlow.Task : ResultFlow.ValueTask, typeof(void));
        }

        if (type == typeof(IEnumerable) || type == typeof(IEnumerator))
        {
            return (ResultFlow.Sequence, typeof(object));
        }

        return type.IsGenericType && Flows.TryGetValue(type.GetGenericTypeDefinition(), out var flow)
            ? (flow, type.GetGenericArguments()[0])
            : (ResultFlow.Plain, type);
    }

    /// <summary>The element names of a named tuple; null if it is no tuple or nothing in it is named.</summary>
    private static List<string?>? TupleNames(MethodInfo method, Type type)
    {
        if (!TupleTypes.IsValueTuple(type))
        {
            return null;
        }

        // The attribute lists the names of every tuple in the type, outermost first: the first ones are ours.
        var names = method.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames.Take(TupleTypes.Elements(type).Count).ToList();
        return names?.Exists(name => name is not null) == true ? names : null;
    }

    private static List<SignalElement> FromTuple(List<string?> names, Type tuple)
    {
        var types = TupleTypes.Elements(tuple);
        return [.. types.Select((type, i) => new SignalElement(new Signal(names[i] ?? $"Item{i + 1}", EventType(type)), [.. TupleTypes.Path(i)]))];
    }

    private static List<SignalElement>? FromGiven(List<string> given, Type type, MethodInfo method)
    {
        if (given.Count <= 1)
        {
            return [new SignalElement(new Signal(given.FirstOrDefault() ?? SingleSignal, EventType(type)), [])];
        }

        if (!TupleTypes.IsValueTuple(type))
        {
            return null;
        }

        return TupleTypes.Elements(type).Count == given.Count
            ? FromTuple([.. given], type)
            : throw new WiringException($"{method.DeclaringType?.Name}.{method.Name} names {given.Count} signals with [return: Signal] and returns {TypeNames.Short(type)}: give one name per element.");
    }

    /// <summary>A tuple that may be missing, <c>Maybe&lt;(…)&gt;</c> or <c>(…)?</c>, without the wrapper.</summary>
    private static Type Unwrapped(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var wrapper && (wrapper == typeof(Maybe<>) || wrapper == typeof(Nullable<>))
            && type.GetGenericArguments()[0] is var inner && TupleTypes.IsValueTuple(inner)
            ? inner
            : type;

    private static Type EventType(Type type) =>
        type == typeof(void) ? typeof(object)
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Maybe<>) ? type.GetGenericArguments()[0]
        : type;
}
