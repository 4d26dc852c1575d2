namespace Sluice.Journal.Engine;

/// <summary>
/// Recognises messages that come again. The id of a message is written in the commit of its items, so that one whose acknowledgement was lost, with
/// its process or its connection, is known when it is delivered once more. Only the last ones are remembered, counted and not by age: a queue delivers again
/// what it has not seen acknowledged, however long everybody was away, but that is never more than it lets be under way at once. Writer only.
/// </summary>
internal sealed class MessageMemory(IJournalStore store, CommitPlan plan, int most)
{
    private readonly Dictionary<string, RememberedMessage> _found = new(StringComparer.Ordinal);

    /// <summary>Leaves out of an append what came by messages that are known.</summary>
    public ValueTask RecallAsync(AppendRequest append) => append.Messages.Count == 0 || most == 0 ? default : LeaveOutAsync(append);

    /// <summary>An item of a message is about to be committed.</summary>
    public void Note(PoolState pool, string id, long sequence)
    {
        if (most == 0)
        {
            return;
        }

        plan.Messages[id] = plan.Messages.TryGetValue(id, out var begun)
            ? begun with { Count = begun.Count + 1 }
            : new RememberedMessage(++pool.LastMessage, id, sequence, 1);
        plan.MessagesGoneUpTo = pool.LastMessage - most;
    }

    /// <summary>Takes over what another journal of the pool remembers.</summary>
    public async ValueTask<int> AdoptAsync(PoolState pool, IReadOnlyList<RememberedMessage> messages)
    {
        if (most == 0)
        {
            return 0;
        }

        await FindAsync([.. messages.Select(message => message.Id)]).ConfigureAwait(false);
        var added = 0;
        foreach (var message in messages.Where(message => !_found.ContainsKey(message.Id)))
        {
            plan.Messages[message.Id] = message with { Number = ++pool.LastMessage };
            plan.MessagesGoneUpTo = pool.LastMessage - most;
            plan.PoolChanged = true;
            added++;
        }

        return added;
    }

    private async ValueTask LeaveOutAsync(AppendRequest append)
    {
        await FindAsync([.. append.Messages.Select(message => message.Id)]).ConfigureAwait(false);
        var known = new List<KnownMessage>();
        foreach (var (id, index, count) in append.Messages)
        {
            if (plan.Messages.TryGetValue(id, out var message) || _found.TryGetValue(id, out message))
            {
                known.Add(new KnownMessage(index, count, message.FirstSequence));
            }
        }

        append.LeaveOut(known);
    }

    private ValueTask FindAsync(string[] ids)
    {
        _found.Clear();
        return store.FindMessagesAsync(ids, _found);
    }
}

/// <summary>Items side by side in one append that came by one message.</summary>
internal readonly record struct MessageRun(string Id, int Index, int Count);
