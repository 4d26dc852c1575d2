using System.Threading.Channels;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Engine;

/// <summary>
/// What follows from a store that failed: the calls of that commit fail, and the state is read anew. Where that cannot be done the writer may decide nothing until
/// it can; where the failure is final it never may again. Writer only.
/// </summary>
internal sealed class Setbacks(IJournalStore store, WorkInHand work, WaitingRoom waiting, ChannelReader<JournalRequest> requests)
{
    private readonly Queue<SettleRequest> _again = new();

    // Set while what the store holds is unknown, because it could not be asked since a commit failed.
    private JournalException? _outage;

    /// <summary>Why nothing is written any more; null while something is.</summary>
    public JournalException? Final { get; private set; }

    /// <summary>Whether what the store holds is unknown.</summary>
    public bool IsOutage => _outage is not null;

    /// <summary>Whether settlements wait for their second try.</summary>
    public bool HasSecondTries => _again.Count > 0;

    /// <summary>A settlement to be tried once more, on its own.</summary>
    public SettleRequest? TakeSecondTry() => _again.TryDequeue(out var settle) ? settle : null;

    /// <summary>Asks the store for its state, if that is unknown.</summary>
    public async ValueTask EndOutageAsync()
    {
        if (_outage is not null && Final is null)
        {
            await ReloadAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Tells those whose commit failed, and reads the state anew; where that fails too, everybody who waits is told.</summary>
    public async ValueTask RecoverAsync(JournalException failure)
    {
        FailDecided(failure);
        work.Deciding?.Fail(failure);
        work.Deciding = null;
        work.Clear();
        if (failure is JournalDamagedException or JournalFencedException)
        {
            GiveUp(failure);
            return;
        }

        try
        {
            await ReloadAsync().ConfigureAwait(false);
        }
        catch (JournalException unanswered)
        {
            if (unanswered is JournalDamagedException or JournalFencedException)
            {
                GiveUp(unanswered);
            }

            _outage = unanswered;
            RefuseWaiting(failure);
        }
    }

    /// <summary>Nothing is written any more.</summary>
    public void GiveUp(JournalException failure)
    {
        Final = failure;
        if (failure is JournalDamagedException)
        {
            store.NoteDamage();
        }

        waiting.FailAll(failure);
        FailSecondTries(failure);
    }

    private async ValueTask ReloadAsync()
    {
        work.Pool = new PoolState(await store.LoadAsync().ConfigureAwait(false));
        _outage = null;
    }

    /// <summary>A settlement does not fail for want of the space that appends beside it needed: it is tried once more without them.</summary>
    private void FailDecided(JournalException failure)
    {
        var withAppends = failure is JournalDiskFullException && work.Plan.Items.Count > 0;
        foreach (var request in work.Decided)
        {
            if (withAppends && request is SettleRequest { IsSecondTry: false } settle)
            {
                settle.IsSecondTry = true;
                _again.Enqueue(settle);
            }
            else
            {
                request.Fail(failure);
            }
        }
    }

    /// <summary>Without its state the writer may decide nothing: who waits is told at once, and the next call asks the store again.</summary>
    private void RefuseWaiting(JournalException failure)
    {
        for (var left = requests.Count; left > 0 && requests.TryRead(out var request); left--)
        {
            request.Fail(Final ?? failure);
        }

        FailSecondTries(Final ?? failure);
    }

    private void FailSecondTries(JournalException failure)
    {
        while (_again.TryDequeue(out var settle))
        {
            settle.Fail(failure);
        }
    }
}
