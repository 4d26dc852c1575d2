using Sluice.Journal.Errors;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Engine;

/// <summary>Decides about each append: whether there is room, who waits for it, and who goes to make it. Writer only.</summary>
/// <param name="settings">The limits, and what happens at them.</param>
/// <param name="work">What is decided goes here.</param>
/// <param name="waiting">Who waits.</param>
/// <param name="admission">Gives items their places.</param>
/// <param name="messages">Recognises those that come again.</param>
/// <param name="overflow">Drops the oldest.</param>
/// <param name="tally">Counts.</param>
/// <param name="commit">Commits what has been decided so far.</param>
internal sealed class Appends(
    JournalSettings settings,
    WorkInHand work,
    WaitingRoom waiting,
    Admission admission,
    MessageMemory messages,
    Overflow overflow,
    WriterTally tally,
    Func<ValueTask> commit)
{
    /// <summary>Whether one that waits can be let in.</summary>
    public bool MayAdmitWaiting => waiting.TryPeek(out var next) && admission.HasRoom(work.Pool, next);

    /// <summary>Lets an append in, refuses it, or has it wait.</summary>
    public async ValueTask DecideAsync(AppendRequest append)
    {
        if (append.CancellationToken.IsCancellationRequested)
        {
            append.Fail(new OperationCanceledException(append.CancellationToken));
            return;
        }

        try
        {
            append.Gather();
            admission.RefuseTheImpossible(append);
            admission.AudienceOf(work.Pool, append.OwedTo);
        }
        catch (JournalException refusal)
        {
            append.Fail(refusal);
            return;
        }

        await messages.RecallAsync(append).ConfigureAwait(false);
        if (waiting.Count == 0 && await HasRoomAsync(append).ConfigureAwait(false))
        {
            Admit(append);
        }
        else if (settings.WhenFull == WhenFull.Reject)
        {
            tally.Rejected(append.Count);
            append.Fail(admission.Full(work.Pool));
        }
        else
        {
            waiting.Enter(append);
        }
    }

    private async ValueTask<bool> HasRoomAsync(AppendRequest append)
    {
        if (admission.HasRoom(work.Pool, append) || settings.WhenFull != WhenFull.DropOldest)
        {
            return admission.HasRoom(work.Pool, append);
        }

        // The oldest may be among those about to be committed: they must be rows before they can be dropped.
        await commit().ConfigureAwait(false);
        while (!admission.HasRoom(work.Pool, append))
        {
            await overflow.DropSomeAsync(work.Pool, admission.MissingRoom(work.Pool, append)).ConfigureAwait(false);
            await commit().ConfigureAwait(false);
        }

        return true;
    }

    private void Admit(AppendRequest append)
    {
        try
        {
            append.Result = admission.Admit(work.Pool, append);
        }
        catch (UnknownSinkException refusal)
        {
            append.Fail(refusal);
            return;
        }

        work.Bytes += append.Bytes;
        work.Decided.Add(append);
        append.Admitted?.Invoke();
    }

    /// <summary>Lets in, in their order, those for whom there is room now, and lets go those who gave up.</summary>
    public async ValueTask AdmitWaitingAsync()
    {
        waiting.LetGoTheCancelled();
        while (waiting.TryPeek(out var next))
        {
            await messages.RecallAsync(next).ConfigureAwait(false);
            if (!await HasRoomAsync(next).ConfigureAwait(false))
            {
                return;
            }

            Admit(waiting.Leave());
        }
    }
}
