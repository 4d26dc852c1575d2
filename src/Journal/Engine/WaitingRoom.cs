using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Sluice.Journal.Engine;

/// <summary>Appends that wait until the journal has room for them, in their order. Writer only, but for the count.</summary>
/// <param name="requests">Where the writer is woken when one that waits is cancelled.</param>
internal sealed class WaitingRoom(ChannelWriter<JournalRequest> requests)
{
    private readonly Queue<AppendRequest> _waiting = new();
    private int _count;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Enter(AppendRequest append)
    {
        append.Wakeup = append.CancellationToken.UnsafeRegister(
            static state => ((ChannelWriter<JournalRequest>)state!).TryWrite(WakeUp.Request), requests);
        _waiting.Enqueue(append);
        Volatile.Write(ref _count, _waiting.Count);
    }

    public bool TryPeek([MaybeNullWhen(false)] out AppendRequest first) => _waiting.TryPeek(out first);

    /// <summary>The first one leaves.</summary>
    public AppendRequest Leave()
    {
        var first = _waiting.Dequeue();
        first.Wakeup.Dispose();
        Volatile.Write(ref _count, _waiting.Count);
        return first;
    }

    /// <summary>Lets go those who gave up.</summary>
    public void LetGoTheCancelled()
    {
        if (_waiting.Count == 0 || !_waiting.Any(waiting => waiting.CancellationToken.IsCancellationRequested))
        {
            return;
        }

        for (var left = _waiting.Count; left > 0; left--)
        {
            if (_waiting.Peek().CancellationToken is { IsCancellationRequested: true } token)
            {
                Leave().Fail(new OperationCanceledException(token));
            }
            else
            {
                _waiting.Enqueue(_waiting.Dequeue());
            }
        }
    }

    /// <summary>Nobody will be let in any more.</summary>
    public void FailAll(Exception why)
    {
        while (_waiting.Count > 0)
        {
            Leave().Fail(why);
        }
    }
}
