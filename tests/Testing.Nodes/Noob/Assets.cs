using Sluice.Testing.Nodes.Python;
using Sluice.Tubes.Binding;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>Asset makers, and the nodes that work on counters.</summary>
public static class Assets
{
    [NodeName("noob.testing.counter_cm")]
    public static LifecycleCounter CounterCm(long start = 0) => new(start);

    [NodeName("noob.testing.increment")]
    public static (object? iterator, object? value) Increment(
        [Slot(Required = true)] object? iterator, [Slot(Required = true)] long increment = 1) => (iterator, Steps(iterator, increment));

    [NodeName("noob.testing.fast_forward")]
    [return: Signal("next")]
    public static object? FastForward([Slot(Required = true)] object? generator, [Slot(Required = true)] long n = 1) => Steps(generator, n);

    [NodeName("noob.testing.jump")]
    public static (object? skirttt, object? next) Jump([Slot(Required = true)] object? generator, [Slot(Required = true)] long n = 1) =>
        (generator, n > 0 ? Steps(generator, n) : 0L);

    [NodeName("noob.testing.rewind")]
    [return: Signal("skrittt")]
    public static Counter Rewind([Slot(Required = true)] object? generator, [Slot(Required = true)] long n = 1) =>
        new(PythonNumbers.ToLong(PythonIterators.Next(generator)) - n);

    [NodeName("noob.testing.zip_iter")]
    public static List<object?> ZipIter(params object?[] args) => [.. args.Select(PythonIterators.Next)];

    private static object? Steps(object? iterator, long count)
    {
        object? last = null;
        for (var i = 0L; i < count; i++)
        {
            last = PythonIterators.Next(iterator);
        }

        return count > 0 ? last : throw new InvalidOperationException("no value was taken");
    }
}
