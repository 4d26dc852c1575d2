using System.Threading.Channels;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Engine;

/// <summary>
/// Tells callers that what they asked for is committed, in the order of the commits and once the store has synced them. The writer goes on meanwhile, so that one
/// sync serves all commits written before it began.
/// </summary>
internal sealed class Acknowledgements
{
    private const int MostWaiting = 2;

    private readonly IJournalStore _store;
    private readonly Channel<Round> _rounds = Channel.CreateUnbounded<Round>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly List<Round> _inHand = [];
    private readonly Channel<bool> _synced = Channel.CreateBounded<bool>(1);
    private readonly Task _syncing;
    private PoolView _view;
    private JournalUnavailableException? _fault;

    // Rounds on their way through the channel. Only the writer adds, so what it finds at zero stays at zero.
    private int _waiting;

    public Acknowledgements(IJournalStore store, PoolView view)
    {
        (_store, _view) = (store, view);
        _syncing = store.SyncsApart ? SyncAsync() : Task.CompletedTask;
    }

    /// <summary>The journal as of the last acknowledged commit.</summary>
    public PoolView View => Volatile.Read(ref _view);

    /// <summary>A commit is written, or calls have been decided that needed none. Writer only.</summary>
    /// <param name="view">The journal as of that commit; null when there was none.</param>
    /// <param name="requests">Whom to tell; copied when that has to wait.</param>
    /// <param name="mustSync">Whether it must be on the disk first.</param>
    public void Written(PoolView? view, List<JournalRequest> requests, bool mustSync)
    {
        if (_store.SyncsApart && (mustSync || Volatile.Read(ref _waiting) > 0))
        {
            Interlocked.Increment(ref _waiting);
            _rounds.Writer.TryWrite(new Round(view, [.. requests], mustSync));
        }
        else
        {
            Tell(view, requests, fault: null);
        }
    }

    /// <summary>
    /// Waits while one commit is being synced and another waits for that: a third would be synced with the second, and costs less as a part of it. Writer only.
    /// </summary>
    public async ValueTask HaveRoomAsync()
    {
        while (Volatile.Read(ref _waiting) >= MostWaiting)
        {
            await _synced.Reader.ReadAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Set once a sync has failed: what the disk holds is unknown from then on, whatever later syncs say.</summary>
    public JournalUnavailableException? Fault => Volatile.Read(ref _fault);

    /// <summary>Everybody is told, and nothing more is written.</summary>
    public Task CompleteAsync()
    {
        _rounds.Writer.Complete();
        return _syncing;
    }

    private async Task SyncAsync()
    {
        while (await _rounds.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var mustSync = false;
            while (_rounds.Reader.TryRead(out var round))
            {
                _inHand.Add(round);
                mustSync |= round.MustSync;
            }

            if (mustSync && _fault is null)
            {
                TrySync();
            }

            foreach (var round in _inHand)
            {
                Tell(round.View, round.Requests, round.MustSync ? _fault : null);
                Interlocked.Decrement(ref _waiting);
            }

            _inHand.Clear();
            _synced.Writer.TryWrite(true);
        }
    }

    private void TrySync()
    {
        try
        {
            _store.Sync();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Volatile.Write(ref _fault, new JournalUnavailableException(_store.Where, $"it could not be synced ({failure.Message}); open it again", failure));
        }
    }

    private void Tell(PoolView? view, IReadOnlyList<JournalRequest> requests, Exception? fault)
    {
        if (view is not null)
        {
            Volatile.Write(ref _view, view);
        }

        foreach (var request in requests)
        {
            if (fault is null)
            {
                request.Complete();
            }
            else
            {
                request.Fail(fault);
            }
        }
    }

    private readonly record struct Round(PoolView? View, JournalRequest[] Requests, bool MustSync);
}
