using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>
/// The epochs of a run in flight, in order: which may begin, whose events may be told, whose result is next, and what the abandoned
/// ones still have out.
/// </summary>
internal sealed class EpochQueue(CallBook book, ICourseHost host)
{
    private readonly List<EpochInFlight> _epochs = [];
    private readonly List<TubeEvent> _events = [];
    private TubeRun? _run;
    private int _callsOut;
    private int _straysOut;
    private List<TubeEvent>? _lastWords;

    public AssetsInFlight Assets { get; } = new(book);

    /// <summary>The last epoch whose result was delivered, or the first that was given up.</summary>
    public EpochFrame? Last { get; private set; }

    public EpochInFlight? Head => _epochs.Count == 0 ? null : _epochs[0];

    /// <summary>Nothing of the run is on its way any more, abandoned calls included.</summary>
    public bool IsEmpty => _epochs.Count == 0 && _straysOut == 0 && !Assets.IsBusy;

    public void Start(TubeRun run)
    {
        _run = run;
        (_callsOut, _straysOut, _lastWords) = (0, 0, null);
        Assets.Start(run);
    }

    public bool MayBegin(int limit) => _epochs.Count < limit && (_epochs.Count == 0 || _epochs[^1].SourcesLeft == 0);

    public void Begin(TubeRun run, object?[] assets, int sources) => Add(run, book.Begin(run.Inputs, assets), assets, sources);

    /// <summary>An epoch that is with the scheduler now.</summary>
    public EpochInFlight Add(TubeRun run, EpochFrame root, object?[] assets, int sources)
    {
        var epoch = new EpochInFlight(run, root, assets, sources);
        root.Attached = epoch;
        _epochs.Add(epoch);
        return epoch;
    }

    public void CallTaken(EpochInFlight epoch)
    {
        epoch.CallsOut++;
        _callsOut++;
    }

    public void CallOver(EpochInFlight epoch)
    {
        epoch.CallsOut--;
        if (!epoch.IsAbandoned)
        {
            _callsOut--;
            return;
        }

        // Calls may come back after the run that they belonged to was ended without them.
        _straysOut -= epoch.Run == _run ? 1 : 0;
        ReleaseAssets(epoch);
    }

    /// <summary>Where events of the epoch go; null when nobody listens.</summary>
    public List<TubeEvent>? EventsOf(EpochInFlight epoch) => !host.WantsEvents ? null : epoch == Head ? _events : epoch.Untold;

    /// <summary>Something of the epoch was booked: tells what may be told, and delivers what has ended.</summary>
    public void Booked(EpochInFlight epoch)
    {
        Tell(_events);
        if (epoch.Root.IsEnded && !epoch.IsEnded)
        {
            epoch.Result = epoch.IsAbandoned ? null : CallBook.TakeResult(epoch.Root);
            epoch.IsEnded = true;
            epoch.IsClosed = !book.HasProcessAssets;
            ReleaseAssets(epoch);
            Deliver();
        }
    }

    /// <summary>Ends an epoch without a result; calls of it that go on are ignored when they come back.</summary>
    public void Skip(EpochInFlight epoch, Exception fault)
    {
        book.Skip(epoch.Root, fault, EventsOf(epoch));
        BecomeAbandoned(epoch);
        Booked(epoch);
    }

    /// <summary>The assets of an epoch are released, which was the last of it.</summary>
    public void Closed(EpochInFlight epoch)
    {
        epoch.IsClosed = true;
        Deliver();
    }

    public bool Holds(EpochInFlight epoch) => _epochs.Contains(epoch);

    /// <summary>What to fail the first epoch with when nothing will come that could bring it on; null while something will.</summary>
    public EpochStalledException? StallOfHead()
    {
        if (Head is not { } head || _callsOut > 0 || Assets.IsReleasing)
        {
            return null;
        }

        return book.Scheduler.StallOf(head.Root);
    }

    /// <summary>Tells an event that came by itself; with the epoch that it belongs to, where there is one.</summary>
    public void Tell(EpochInFlight? epoch, TubeEvent happened)
    {
        if (epoch is null || epoch == Head)
        {
            host.HandleEvents([happened]);
        }
        else
        {
            epoch.Untold.Add(happened);
        }
    }

    /// <summary>There is nothing to do but wait for calls: whoever watches is told which nodes wait, and for what.</summary>
    public void TellWaiting()
    {
        if (book.Watch.SeesStalls)
        {
            _epochs.ForEach(epoch => book.Scheduler.TellWaiting(epoch.Root));
        }
    }

    /// <summary>Nobody needs the state of the last epoch any more.</summary>
    public void ForgetLast()
    {
        if (Last is { } last)
        {
            last.Attached = null;
            book.Scheduler.Release(last);
            Last = null;
        }
    }

    /// <summary>Delivers the results of epochs that have ended, as far as no earlier one is missing.</summary>
    private void Deliver()
    {
        while (Head is { IsClosed: true } head)
        {
            _epochs.RemoveAt(0);
            Keep(head.Root);
            _run!.Deliver(head.Root.Epoch, head.Result);
            if (Head is { HasUntold: true } next)
            {
                Tell(next.Untold);
            }
        }

        if (Head is null && _lastWords is { } words)
        {
            _lastWords = null;
            Tell(words);
        }
    }

    /// <summary>
    /// Gives up an epoch and all later ones, or all there are when none is named, and says which. Epochs are numbered as if the later ones
    /// had not begun.
    /// </summary>
    public IReadOnlyList<EpochInFlight> AbandonFrom(EpochInFlight? epoch, Exception fault)
    {
        Assets.Stop();
        var first = epoch is null ? 0 : _epochs.IndexOf(epoch);
        if (first < 0 || first >= _epochs.Count)
        {
            return [];
        }

        for (var index = _epochs.Count - 1; index >= first; index--)
        {
            Abandon(_epochs[index], fault);
        }

        // What the first of them had to tell is told when its turn comes; of the others nobody hears.
        var failed = _epochs[first];
        _lastWords = failed.HasUntold ? failed.Untold : null;
        var abandoned = _epochs.GetRange(first, _epochs.Count - first);
        _epochs.RemoveRange(first, _epochs.Count - first);
        Keep(failed.Root);
        book.Scheduler.Rewind(failed.Root.Epoch.Root + 1);
        Deliver();
        return abandoned;
    }

    private void Abandon(EpochInFlight epoch, Exception fault)
    {
        if (!epoch.IsAbandoned)
        {
            book.Scheduler.Abandon(epoch.Root, fault);
            BecomeAbandoned(epoch);
        }

        ReleaseAssets(epoch);
    }

    private void BecomeAbandoned(EpochInFlight epoch)
    {
        epoch.IsAbandoned = true;
        _callsOut -= epoch.CallsOut;
        _straysOut += epoch.CallsOut;
    }

    private void ReleaseAssets(EpochInFlight epoch)
    {
        if (epoch is { Assets.Length: > 0, CallsOut: 0 } && (epoch.IsEnded || epoch.IsAbandoned))
        {
            var assets = epoch.Assets;
            epoch.Assets = [];
            Assets.Release(new AssetRelease(epoch.Run, epoch, assets));
        }
    }

    /// <summary>Keeps the state of one epoch until the next, for those who ask for it afterwards.</summary>
    private void Keep(EpochFrame root)
    {
        if (Last != root)
        {
            ForgetLast();
            Last = root;
        }
    }

    private void Tell(List<TubeEvent> events)
    {
        if (events.Count > 0)
        {
            host.HandleEvents(events);
            events.Clear();
        }
    }
}
