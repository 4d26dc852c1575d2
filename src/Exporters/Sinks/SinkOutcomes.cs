using System.Collections;

namespace Sluice.Exporters.Sinks;

/// <summary>Lists of outcomes that hold one outcome many times, without storing it many times.</summary>
public static class SinkOutcomes
{
    private static readonly Repeated[] Silent = [.. Enumerable.Range(0, 129).Select(count => new Repeated(SinkOutcome.Delivered.Silently, count))];

    /// <summary>Every one of <paramref name="count"/> items was delivered; allocates nothing up to 128 items.</summary>
    public static IReadOnlyList<SinkOutcome> AllDelivered(int count) =>
        count < Silent.Length ? Silent[count] : new Repeated(SinkOutcome.Delivered.Silently, count);

    /// <summary>Every one of <paramref name="count"/> items fared the same.</summary>
    public static IReadOnlyList<SinkOutcome> All(SinkOutcome outcome, int count) => new Repeated(outcome, count);

    private sealed class Repeated(SinkOutcome outcome, int count) : IReadOnlyList<SinkOutcome>
    {
        public int Count => count;

        public SinkOutcome this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
                return outcome;
            }
        }

        public IEnumerator<SinkOutcome> GetEnumerator() => Enumerable.Repeat(outcome, count).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
