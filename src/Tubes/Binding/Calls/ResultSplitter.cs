using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>Takes a value of unknown shape apart into one value per signal.</summary>
internal sealed class ResultSplitter(string nodeId, IReadOnlyList<Signal> signals)
{
    internal static readonly MethodInfo SplitMethod = typeof(ResultSplitter).GetMethod(nameof(Split))
        ?? throw new MissingMethodException(nameof(ResultSplitter), nameof(Split));

    /// <summary>Sets one result per signal. A bare NoEvent is none on all.</summary>
    /// <exception cref="NodeResultException">There are too few or too many values, or it is not a list of values at all.</exception>
    public void Split(object? value, object?[] results)
    {
        value = Unwrap(value);
        if (ReferenceEquals(value, NoEvent.Value))
        {
            Array.Fill(results, NoEvent.Value);
            return;
        }

        switch (value)
        {
            case ITuple tuple:
                Expect(tuple.Length, value);
                for (var i = 0; i < tuple.Length; i++)
                {
                    results[i] = Unwrap(tuple[i]);
                }

                break;
            case IList list:
                Expect(list.Count, value);
                for (var i = 0; i < list.Count; i++)
                {
                    results[i] = Unwrap(list[i]);
                }

                break;
            default:
                throw Wrong(value, "must return a tuple or list of them");
        }
    }

    private static object? Unwrap(object? value) => value is IMaybe maybe ? maybe.Event : value;

    private void Expect(int count, object value)
    {
        if (count != signals.Count)
        {
            throw Wrong(value, $"returned {count} values");
        }
    }

    private NodeResultException Wrong(object? value, string problem) =>
        new($"Node `{nodeId}` has {signals.Count} signals ({string.Join(", ", signals.Select(signal => signal.Name))}) and {problem}; it gave {Values.Describe(value)}.");
}
