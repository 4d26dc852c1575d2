using System.Globalization;
using Sluice.Testing.Nodes.Python;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;

namespace Sluice.Testing.Nodes.Noob;

// The small classes of noob.testing, together as they are there.

[NodeName("noob.testing.CountSource")]
public sealed class CountSource(long limit = 1000, long start = 0)
{
    [return: Signal("index")]
    public IEnumerable<long> Process() => Sources.CountSource(limit == 0 ? start : limit, start);
}

[NodeName("noob.testing.UnannotatedGenerator")]
public sealed class UnannotatedGenerator(long limit = 1000, long start = 0)
{
    public IEnumerable<long> Process() => Sources.CountSource(limit == 0 ? start : limit, start);
}

[NodeName("noob.testing.CountSourceDecor")]
public sealed class CountSourceDecor(long start = 0)
{
    [ProcessMethod]
    [return: Signal("count")]
    public IEnumerable<long> Count() => Sources.CountSource(0, start);
}

[NodeName("noob.testing.Multiply")]
public sealed class Multiply
{
    [return: Signal("product")]
    public object Process([Slot(Required = true)] object? left, [Slot(Required = true)] object? right = null) => Functions.Multiply(left, right);
}

[NodeName("noob.testing.VolumeProcess")]
public sealed class VolumeProcess(object? height = null)
{
    [return: Signal("volume")]
    public object Process([Slot(Required = true)] object? width, [Slot(Required = true)] object? depth) =>
        PythonNumbers.Multiply(height ?? 2L, PythonNumbers.Multiply(width, depth));
}

[NodeName("noob.testing.Volume")]
public sealed class Volume(object? height = null)
{
    [ProcessMethod]
    [return: Signal("volume")]
    public object Measure([Slot(Required = true)] object? width, [Slot(Required = true)] object? depth) => new VolumeProcess(height).Process(width, depth);
}

[NodeName("noob.testing.Now")]
public sealed class Now
{
    [ProcessMethod]
    [return: Signal("timestamp")]
    public string Print(RunnerContext context, [Slot(Required = true)] string prefix = "Now: ") =>
        prefix + context.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
}

[NodeName("noob.testing.NumberToLetterCls")]
public sealed class NumberToLetterCls(long offset = 0)
{
    public Task<string> Process(long number) => Functions.NumberToLetter(number, offset);
}

[NodeName("noob.testing.StatefulMultiply")]
public sealed class StatefulMultiply(object? start = null)
{
    private object _current = start ?? 0L;

    public object Process([Slot(Required = true)] object? left, [Slot(Required = true)] object? right = null)
    {
        var value = PythonNumbers.Multiply(PythonNumbers.Multiply(left, right ?? 1L), _current);
        _current = PythonNumbers.Add(_current, 1L);
        return value;
    }
}

[NodeName("noob.testing.InitCounter")]
public sealed class InitCounter
{
    private int _inits;
    private int _deinits;

    public void Init() => _inits++;

    public (int inits, int deinits) Process() => (_inits, _deinits);

    public void Deinit() => _deinits++;
}

[NodeName("noob.testing.DynamicSignals")]
public sealed class DynamicSignals : IDynamicNode
{
    public DynamicSignals(IReadOnlyList<object?>? signals_ = null, IReadOnlyList<object?>? slots_ = null)
    {
        Signals = [.. (signals_ ?? []).Select(signal => new Signal(NameOf(signal), typeof(object)))];
        Slots = [.. (slots_ ?? []).Select(slot => new Slot(NameOf(slot), typeof(object), Required: true))];
    }

    public IReadOnlyList<Slot> Slots { get; }

    public IReadOnlyList<Signal> Signals { get; }

    public object? Process([Rest] IReadOnlyDictionary<string, object?> kwargs) =>
        Signals.Count == 1 ? kwargs.Values.FirstOrDefault() : kwargs.Values.Take(Signals.Count).ToList();

    private static string NameOf(object? entry) =>
        entry is IReadOnlyDictionary<string, object?> fields ? (string?)fields.GetValueOrDefault("name") ?? "" : (string?)entry ?? "";
}
