using System.Collections;
using Sluice.Testing.Nodes.Python;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;

namespace Sluice.Testing.Nodes.Cases;

/// <summary>The functions that the conformance scenarios use.</summary>
public static class Functions
{
    [NodeName("cases.count_to")]
    [return: Signal("index")]
    public static IEnumerable<long> CountTo(long limit = 3, long start = 0)
    {
        for (var i = start; i < limit; i++)
        {
            yield return i;
        }
    }

    [NodeName("cases.list_source")]
    [return: Signal("items")]
    public static IEnumerable<object?> ListSource(IEnumerable items) => items.Cast<object?>();

    [NodeName("cases.none_source")]
    public static object? NoneSource() => null;

    [NodeName("cases.noevent_source")]
    public static object NoEventSource() => NoEvent.Value;

    [NodeName("cases.every")]
    public static Maybe<long> Every(long value, [Slot(Required = true)] long n = 2) => (value + 1) % n == 0 ? value : NoEvent.Value;

    [NodeName("cases.ident")]
    public static object? Ident([Slot(Required = true)] object? value) => value;

    [NodeName("cases.fail_at")]
    public static long FailAt(long value, [Slot(Required = true)] long at = 1) =>
        value == at ? throw new InvalidOperationException($"boom {value}") : value;

    [NodeName("cases.stop_at")]
    public static long StopAt(long value, [Slot(Required = true)] long at = 2) =>
        value == at ? throw new EndOfSourceException($"Stopped at {value}.") : value;

    [NodeName("cases.two")]
    public static (object? one, object? other) Two([Slot(Required = true)] object? value) => (value, PythonNumbers.Multiply(value, 10L));

    [NodeName("cases.two_short")]
    [return: Signal("one")]
    [return: Signal("other")]
    public static object? TwoShort([Slot(Required = true)] object? value) => new List<object?> { value };

    [NodeName("cases.two_long")]
    [return: Signal("one")]
    [return: Signal("other")]
    public static object? TwoLong([Slot(Required = true)] object? value) => new List<object?> { value, value, value };

    [NodeName("cases.two_none")]
    [return: Signal("one")]
    [return: Signal("other")]
    public static object? TwoNone([Slot(Required = true)] object? value) => null;

    [NodeName("cases.two_noevent")]
    [return: Signal("one")]
    [return: Signal("other")]
    public static object? TwoNoEvent([Slot(Required = true)] object? value) => NoEvent.Value;

    [NodeName("cases.opt")]
    public static List<object?> Opt(IReadOnlyDictionary<string, TubeEvent> events, object? a = null, object? b = null) =>
        [$"a={PythonText.Repr(PythonSlots.Marked(a, "a", events))}", $"b={PythonText.Repr(PythonSlots.Marked(b, "b", events))}"];

    [NodeName("cases.half_opt")]
    public static List<object?> HalfOpt(IReadOnlyDictionary<string, TubeEvent> events, [Slot(Required = true)] object? a, object? b = null) =>
        [$"a={PythonText.Repr(a)}", $"b={PythonText.Repr(PythonSlots.Marked(b, "b", events))}"];

    [NodeName("cases.defaulted")]
    public static List<object?> Defaulted([Slot(Required = true)] object? a, [Slot(Required = true)] long b = 7) => [a, b];

    [NodeName("cases.kw")]
    public static Dictionary<string, object?> Kw([Rest] IReadOnlyDictionary<string, object?> kwargs, IReadOnlyDictionary<string, TubeEvent> events) =>
        PythonSlots.Marked(kwargs, events);

    [NodeName("cases.pos")]
    public static List<object?> Pos(params object?[] args) => [.. args];

    [NodeName("cases.listy")]
    public static List<object?> Listy([Slot(Required = true)] int n = 3) => [.. Enumerable.Range(0, n).Select(i => (object?)(long)i)];

    [NodeName("cases.with_epoch")]
    public static List<object?> WithEpoch([Slot(Required = true)] object? value, Epoch epoch) => [value, epoch.ToString()];

    [NodeName("cases.with_events")]
    public static List<object?> WithEvents([Slot(Required = true)] object? value, IReadOnlyDictionary<string, TubeEvent> events) =>
        [value, .. events.Keys.Order(StringComparer.Ordinal)];

    [NodeName("cases.push")]
    public static (List<object?> log, long n) Push(List<object?> log, [Slot(Required = true)] object? value)
    {
        log.Add(value);
        return (log, log.Count);
    }

    [NodeName("cases.push_fail")]
    public static long PushFail(List<object?> log, [Slot(Required = true)] object? value)
    {
        log.Add(value);
        throw new InvalidOperationException("push failed");
    }

    [NodeName("cases.none_asset")]
    public static object? NoneAsset() => null;

    [NodeName("cases.str_concat")]
    public static string StrConcat(IEnumerable strings) => string.Concat(strings.Cast<object?>().Select(PythonText.Str));

    [NodeName("cases.nested_pair")]
    public static object?[] NestedPair() => [1L, new object?[] { 2L, 3L }];

    [NodeName("cases.raise_type")]
    public static object? RaiseType([Slot(Required = true)] object? value) => throw new InvalidCastException($"not a type for {PythonText.Repr(value)}");
}
