using System.Text.Json;
using Sluice.Messages.Tubes;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>A call of a placed node on its way: the message to the node's agent, and what its caller waits for. It is kept until it is answered, so that it can be made again elsewhere.</summary>
internal sealed class PlacedCall(long number, string epoch, JsonElement inputs) : IDeadLetterSuppression
{
    private readonly TaskCompletionSource<JsonElement> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number => number;

    public Task<JsonElement> Answer => _answer.Task;

    public CallNode Message { get; } = new(number, epoch, inputs);

    public void Return(JsonElement results) => _answer.TrySetResult(results);

    public void Throw(Exception failure) => _answer.TrySetException(failure);
}
