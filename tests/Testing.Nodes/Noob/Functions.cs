using System.Collections;
using System.Globalization;
using Sluice.Testing.Nodes.Python;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>The functions of <c>noob.testing</c>. A default in Python leaves a slot required, so it is said here.</summary>
public static class Functions
{
    [NodeName("noob.testing.multiply")]
    public static object Multiply([Slot(Required = true)] object? left, [Slot(Required = true)] object? right = null) =>
        PythonNumbers.Multiply(left, right ?? 2L);

    [NodeName("noob.testing.divide")]
    [return: Signal("ratio")]
    public static double Divide([Slot(Required = true)] object? numerator, [Slot(Required = true)] object? denominator = null) =>
        PythonNumbers.Divide(numerator, denominator ?? 5L);

    [NodeName("noob.testing.concat")]
    public static string Concat(IEnumerable strings) => string.Concat(strings.Cast<string>());

    [NodeName("noob.testing.multi_concat")]
    public static string MultiConcat([Rest] IReadOnlyDictionary<string, object?> kwargs) =>
        string.Concat(kwargs.Values.Select(value => value is IEnumerable letters ? string.Concat(letters.Cast<object>()) : PythonText.Str(value)));

    [NodeName("noob.testing.exclaim")]
    public static string Exclaim(string @string, [Slot(Required = true)] long hype = 1) => @string + new string('!', PythonNumbers.Count(hype));

    [NodeName("noob.testing.repeat")]
    public static object Repeat(string @string, long times) => PythonNumbers.Multiply(@string, times);

    [NodeName("noob.testing.dictify")]
    public static Dictionary<string, object?> Dictify([Slot(Required = true)] object? key, [Slot(Required = true)] object? items) => new() { [PythonText.Str(key)] = items };

    [NodeName("noob.testing.passthrough")]
    public static object?[] Passthrough(
        [Slot(Required = true)] object? value, [Rest] IReadOnlyDictionary<string, object?> kwargs, IReadOnlyDictionary<string, TubeEvent> events, params object?[] args) =>
        [value, args, PythonSlots.Marked(kwargs, events, "value")];

    [NodeName("noob.testing.input_party")]
    [return: Signal("works")]
    public static bool InputParty(
        [Slot(Required = true)] object? one,
        [Slot(Required = true)] object? two,
        [Slot(Required = true)] object? three,
        [Slot(Required = true)] object? four,
        [Slot(Required = true)] object? five,
        [Slot(Required = true)] object? six,
        [Slot(Required = true)] object? seven) => true;

    [NodeName("noob.testing.this_or_that")]
    public static Dictionary<string, object?> ThisOrThat(
        IReadOnlyDictionary<string, TubeEvent> events, object? @this = null, object? that = null, object? theOther = null) =>
        new Dictionary<string, object?>
        {
            ["this"] = PythonSlots.Marked(@this, "this", events),
            ["that"] = PythonSlots.Marked(that, "that", events),
            ["the_other"] = PythonSlots.Marked(theOther, "the_other", events),
        }.Where(given => given.Value is not null).ToDictionary();

    [NodeName("noob.testing.inject_epoch")]
    public static Epoch InjectEpoch(Epoch epoch) => epoch;

    [NodeName("noob.testing.inject_eventmap")]
    public static IReadOnlyDictionary<string, TubeEvent> InjectEventMap([Slot(Required = true)] object? specialValue, IReadOnlyDictionary<string, TubeEvent> events) => events;

    [NodeName("noob.testing.long_add")]
    public static object LongAdd([Slot(Required = true)] object? value, [Slot(Required = true)] double sleepFor = 0.25) => PythonNumbers.Add(value, 1L);

    [NodeName("noob.testing.just_wait")]
    public static object? JustWait([Slot(Required = true)] object? value, [Slot(Required = true)] double waitFor = 0.5) => value;

    [NodeName("noob.testing.number_to_letter")]
    public static async Task<string> NumberToLetter(long number, [Slot(Required = true)] long offset = 0)
    {
        await Task.Yield();
        return ((char)('a' + ((number + offset) % 26 + 26) % 26)).ToString(CultureInfo.InvariantCulture);
    }

    [NodeName("noob.testing.error")]
    public static object? Error([Slot(Required = true)] object? value) => throw new ArgumentException("This node just emits errors");

    [NodeName("noob.testing.async_error")]
    public static async Task AsyncError([Slot(Required = true)] object? value)
    {
        await Task.Yield();
        throw new ArgumentException("This is the error that should be raised");
    }

    /// <summary>The reference's module gives a pass-through for every name it does not have.</summary>
    [NodeName("noob.testing.*")]
    public static IReadOnlyDictionary<string, object?> Anything([Rest] IReadOnlyDictionary<string, object?> kwargs) => kwargs;
}
