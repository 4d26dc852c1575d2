using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Epochs;

namespace Sluice.Actors.Tubes.Runs;

/// <summary>One process call.</summary>
internal sealed class SingleEpoch(Course course, object?[] inputs, CancellationToken cancellationToken) : TubeRun(course, inputs, 1, cancellationToken)
{
    public object? Result { get; private set; }

    public override void Deliver(Epoch epoch, object? value) => Result = value;
}
