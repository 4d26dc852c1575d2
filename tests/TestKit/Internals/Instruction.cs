using Sluice.Kernel.Actor;

namespace Sluice.TestKit.Internals;

/// <summary>
/// Something that a test tells its test actor to do. Done is also the proof that everything in front of it was received: as the id
/// of an <see cref="Identify"/> it comes back behind all that the identified actor has sent.
/// </summary>
internal sealed class Instruction(Action<TestActor, IActorContext>? act = null)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public void Carry(TestActor actor, IActorContext context)
    {
        act?.Invoke(actor, context);
        _done.TrySetResult();
    }
}
