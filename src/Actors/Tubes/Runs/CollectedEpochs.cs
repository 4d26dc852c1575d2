using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Epochs;

namespace Sluice.Actors.Tubes.Runs;

/// <summary>A run whose results the caller gets at its end, if at all.</summary>
internal sealed class CollectedEpochs(Course course, object?[] inputs, long epochs, List<object?>? results, CancellationToken cancellationToken)
    : TubeRun(course, inputs, epochs, cancellationToken)
{
    public override void Deliver(Epoch epoch, object? value)
    {
        if (value is not null)
        {
            results?.Add(value);
        }
    }
}
