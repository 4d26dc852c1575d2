using Sluice.Journal.DeadLetters;
using Sluice.Journal.Engine;

namespace Sluice.Journal.Memory;

/// <summary>Rows in this process. Everything under one lock: nothing here waits for anything.</summary>
internal sealed class MemoryStore(string pool) : IJournalStore, IJournalReader
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, StoredItem> _items = [];
    private readonly MemoryLanes _lanes = new();
    private readonly SortedDictionary<long, MemoryGrave> _graves = [];
    private readonly Dictionary<int, StoredSink> _sinks = [];
    private readonly SortedDictionary<long, RememberedMessage> _messages = [];
    private readonly Dictionary<string, long> _numbersById = new(StringComparer.Ordinal);
    private readonly StoredState _state = new();
    private long _lastGrave;

    public string Where => $"of the pool {pool} in memory";

    public IJournalReader Reader => this;

    public void NoteDamage()
    {
    }

    public ValueTask<StoredState> LoadAsync() => ReadStateAsync(CancellationToken.None);

    public ValueTask<StoredState> ReadStateAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(Picture());
        }
    }

    public ValueTask CommitAsync(PoolState pool, CommitPlan plan)
    {
        lock (_gate)
        {
            WriteItems(plan);
            WriteDeadLetters(plan);
            foreach (var (audience, range) in plan.Deletions)
            {
                _lanes.Of(audience).Delete(range, item => _items.Remove(item.Position));
            }

            foreach (var sink in plan.Sinks)
            {
                _sinks[sink.Id] = MemoryPicture.Of(sink);
            }

            WriteMessages(plan);
            MemoryPicture.Copy(pool, _state);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FindMessagesAsync(IReadOnlyList<string> ids, Dictionary<string, RememberedMessage> into)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_numbersById.TryGetValue(id, out var number))
                {
                    into[id] = _messages[number];
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReadMessagesAsync(long after, int max, List<RememberedMessage> into)
    {
        lock (_gate)
        {
            into.AddRange(_messages.Values.Where(message => message.Number > after).Take(max));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RangeTotals> MeasureAsync(int audience, PositionRange range)
    {
        lock (_gate)
        {
            var totals = default(RangeTotals);
            foreach (var item in _lanes.Of(audience).From(range.First).TakeWhile(item => item.Position <= range.Last))
            {
                totals += new RangeTotals(1, item.Size, item.Position);
            }

            return ValueTask.FromResult(totals);
        }
    }

    public ValueTask<bool> AnyAsync(int audience, PositionRange range)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_lanes.Of(audience).From(range.First).FirstOrDefault() is { } item && item.Position <= range.Last);
        }
    }

    public ValueTask<ItemHeader?> FindAsync(long position)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<ItemHeader?>(_items.TryGetValue(position, out var item) ? Header(item) : null);
        }
    }

    public ValueTask ReadHeadersAsync(IReadOnlyList<int>? audiences, long after, int max, List<ItemHeader> into)
    {
        lock (_gate)
        {
            into.AddRange(_lanes.Merged(audiences, after).Take(max).Select(Header));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReadRedrivesAsync(int sink, PositionRange range, List<RedriveMark> into)
    {
        lock (_gate)
        {
            into.AddRange(_graves.Values
                .Where(grave => grave.Sink == sink && grave.RedrivePosition >= range.First && grave.RedrivePosition <= range.Last)
                .Select(grave => new RedriveMark(grave.RedrivePosition!.Value, grave.Id, grave.Item.Size)));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<DeadLetterHeader?> FindDeadLetterAsync(long id)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<DeadLetterHeader?>(_graves.TryGetValue(id, out var grave) ? grave.Header : null);
        }
    }

    public ValueTask ReadOldestDeadLettersAsync(int max, List<DeadLetterHeader> into)
    {
        lock (_gate)
        {
            into.AddRange(_graves.Values.Where(grave => grave.RedrivePosition is null)
                .OrderBy(grave => grave.LastTry).ThenBy(grave => grave.Id).Take(max).Select(grave => grave.Header));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TidyAsync() => ValueTask.FromResult(false);

    public ValueTask ReadItemsAsync(ItemQuery query, List<StoredItem> into, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            long bytes = 0;
            foreach (var item in _lanes.Merged(query.Audiences, query.After))
            {
                if (query.Except.Any(range => range.First <= item.Position && item.Position <= range.Last))
                {
                    continue;
                }

                if (into.Count == query.MaxItems || (into.Count > 0 && bytes + item.Size > query.MaxBytes))
                {
                    break;
                }

                bytes += item.Size;
                into.Add(item);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string pool, DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<DeadLetter>>(
            [
                .. _graves.Values.Where(grave => grave.Id > after && grave.Matches(filter, _sinks[grave.Sink].Name))
                    .Take(max).Select(grave => grave.ToDeadLetter(pool, _sinks[grave.Sink].Name)),
            ]);
        }
    }

    public ValueTask ScanAsync(IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            visitor.Begin(Picture());
            foreach (var item in _items.Values.OrderBy(item => item.Position))
            {
                visitor.Item(item);
            }

            foreach (var grave in _graves.Values)
            {
                visitor.DeadLetter(grave.Sink, grave.RedrivePosition is not null, grave.Item.Size);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ItemHeader Header(StoredItem item) => new(item.Position, item.Audience, item.Size);

    private void WriteItems(CommitPlan plan)
    {
        foreach (var audience in plan.NewAudiences)
        {
            _state.Audiences.Add(audience.Id, [.. audience.Members.Select(member => member.Id)]);
        }

        foreach (var row in plan.Items)
        {
            // The caller may use its buffer again once the append has completed.
            var content = row.Content with { Payload = row.Content.Payload.ToArray() };
            Add(new StoredItem
            {
                Position = row.Position,
                Sequence = row.Sequence,
                Audience = row.Audience,
                Size = row.Size,
                Crc = row.Crc,
                Content = content,
            });
        }

        foreach (var copy in plan.Copies)
        {
            Add(MemoryPicture.At(_items[copy.From], copy.Position, copy.Audience));
        }
    }

    private void WriteMessages(CommitPlan plan)
    {
        foreach (var message in plan.Messages.Values)
        {
            _messages.Add(message.Number, message);
            _numbersById.Add(message.Id, message.Number);
        }

        while (_messages.Count > 0 && _messages.First() is var (number, oldest) && number <= plan.MessagesGoneUpTo)
        {
            _messages.Remove(number);
            _numbersById.Remove(oldest.Id);
        }
    }

    private void WriteDeadLetters(CommitPlan plan)
    {
        foreach (var redrive in plan.Redrives)
        {
            var grave = _graves[redrive.DeadLetter];
            grave.Redrive(redrive.Position);
            Add(MemoryPicture.At(grave.Item, redrive.Position, redrive.Audience));
        }

        foreach (var dead in plan.DeadLetters)
        {
            _graves.Add(++_lastGrave, new MemoryGrave(_lastGrave, dead.Sink, _items[dead.Position], dead.Reason, dead.At));
        }

        foreach (var again in plan.DeadAgain)
        {
            _graves[again.DeadLetter].DieAgain(again.Reason, again.At);
        }

        foreach (var id in plan.DeadLettersGone)
        {
            _graves.Remove(id);
        }
    }

    private void Add(StoredItem item)
    {
        _items.Add(item.Position, item);
        _lanes.Of(item.Audience).Add(item);
    }

    private StoredState Picture()
    {
        var picture = MemoryPicture.Of(_state);
        picture.Sinks.AddRange(_sinks.Values.OrderBy(sink => sink.Id));
        return picture;
    }
}
