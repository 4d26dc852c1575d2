using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>
/// What nobody waits for: moving the data of sinks that leave, dropping dead letters beyond their retention, giving space back. It is done in bounded
/// steps between the calls. Giving space back is dear, and a journal that is being worked off is smaller soon: while calls come it is one step a tick. Writer only.
/// </summary>
internal sealed class Housekeeping(IJournalStore store, WorkInHand work, Membership membership, Graveyard graveyard, Action tickLater)
{
    // Closing does not wait for a large file to shrink: the next opening goes on.
    private const int MostStepsAtClose = 64;

    private int _stepsAtClose;
    private bool _needsRetirement = true;
    private bool _isQuiet = true;
    private bool _wasCalled;
    private bool _isTick;
    private bool _isTickDue;

    /// <summary>Whether another step is to be made.</summary>
    public bool HasMore { get; private set; } = true;

    /// <summary>Whether space may be waiting to be given back.</summary>
    public bool WantsToTidy { get; private set; }

    /// <summary>A call has come.</summary>
    public void Called() => (_isQuiet, _wasCalled) = (false, true);

    /// <summary>Some time has passed.</summary>
    public void Tick()
    {
        (_isQuiet, _wasCalled, _isTick, _isTickDue) = (!_wasCalled, false, true, false);
        HasMore |= WantsToTidy;
    }

    /// <summary>It is worth looking again.</summary>
    public void LookAgain() => HasMore = true;

    /// <summary>Dead letters may be too old by now.</summary>
    public void RetireSome() => (_needsRetirement, HasMore) = (true, true);

    /// <summary>A commit is through.</summary>
    public void Committed(CommitPlan plan)
    {
        _needsRetirement |= plan.DeadLetters.Count > 0;
        HasMore |= plan.DeadLetters.Count > 0 || plan.Deletions.Count > 0;
    }

    /// <summary>Nothing is to be done before the next commit.</summary>
    public void Rest()
    {
        (HasMore, WantsToTidy) = (false, false);
    }

    /// <summary>Makes one step, if there is one to make.</summary>
    /// <param name="isClosing">Whether no call will come any more.</param>
    /// <returns>Whether the work in hand is to be committed.</returns>
    public async ValueTask<bool> StepAsync(bool isClosing)
    {
        if (!HasMore && !(isClosing && WantsToTidy))
        {
            return false;
        }

        if (work.Pool.Sinks.FirstOrDefault(sink => sink.Standing == SinkStanding.Leaving) is { } leaving)
        {
            await membership.StepAsync(work.Pool, leaving).ConfigureAwait(false);
            work.Plan.MustSync = true;
            return true;
        }

        if (_needsRetirement)
        {
            _needsRetirement = await graveyard.RetireAsync(work.Pool).ConfigureAwait(false) == Graveyard.RetiredPerStep;
            return true;
        }

        await TidyAsync(isClosing).ConfigureAwait(false);
        return false;
    }

    private async ValueTask TidyAsync(bool isClosing)
    {
        var wantsMore = true;
        if (_isQuiet || _isTick || isClosing)
        {
            _isTick = false;
            wantsMore = await store.TidyAsync().ConfigureAwait(false) && (!isClosing || ++_stepsAtClose < MostStepsAtClose);
        }

        (HasMore, WantsToTidy) = (wantsMore && _isQuiet, wantsMore);
        if (wantsMore && !_isQuiet && !_isTickDue)
        {
            _isTickDue = true;
            tickLater();
        }
    }
}
