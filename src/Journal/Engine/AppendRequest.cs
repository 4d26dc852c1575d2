namespace Sluice.Journal.Engine;

/// <summary>An append on its way. Arguments are turned to text by the caller's thread, so that the writer need not.</summary>
internal sealed class AppendRequest : JournalRequest<AppendReceipt>
{
    private RequestPool<AppendRequest>? _home;
    private NewItem? _single;
    private string? _arguments;
    private IReadOnlyList<NewItem>? _items;
    private string?[]? _manyArguments;
    private Func<IReadOnlyList<NewItem>>? _gathered;
    private List<MessageRun>? _messages;

    // The items' places that are left when others are left out; null when none is.
    private List<int>? _kept;

    public OwedTo OwedTo { get; private set; } = OwedTo.All;

    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Wakes the writer when a call that waits for room is cancelled. Writer only.</summary>
    public CancellationTokenRegistration Wakeup { get; set; }

    /// <summary>Tells the caller that its items have their places; null when it does not want to know.</summary>
    public Action? Admitted { get; private set; }

    /// <summary>The messages that brought the items.</summary>
    public IReadOnlyList<MessageRun> Messages => _messages ?? (IReadOnlyList<MessageRun>)[];

    /// <summary>What was left out; null when nothing was.</summary>
    public IReadOnlyList<KnownMessage>? Known { get; private set; }

    /// <summary>How many items are to be stored.</summary>
    public int Count { get; private set; }

    public long Bytes { get; private set; }

    public long LargestItem { get; private set; }

    public void Load(RequestPool<AppendRequest> home, NewItem item, OwedTo owedTo, CancellationToken cancellationToken)
    {
        (_home, OwedTo, CancellationToken) = (home, owedTo, cancellationToken);
        ItemTexts.Demand(item);
        (_single, _arguments, Count) = (item, ArgumentsText.Write(item.Arguments), 1);
        LargestItem = Bytes = Admission.SizeOf(item, _arguments);
        NoteMessage(item, 0);
    }

    public void Load(
        RequestPool<AppendRequest> home, Func<IReadOnlyList<NewItem>> gathered, OwedTo owedTo, Action admitted, CancellationToken cancellationToken) =>
        (_home, _gathered, OwedTo, Admitted, CancellationToken) = (home, gathered, owedTo, admitted, cancellationToken);

    /// <summary>Takes what has been gathered. Writer only.</summary>
    public void Gather()
    {
        if (_gathered is not null)
        {
            TakeItems(_gathered());
            _gathered = null;
        }
    }

    public void Load(RequestPool<AppendRequest> home, IReadOnlyList<NewItem> items, OwedTo owedTo, CancellationToken cancellationToken)
    {
        (_home, OwedTo, CancellationToken) = (home, owedTo, cancellationToken);
        TakeItems(items);
    }

    private void TakeItems(IReadOnlyList<NewItem> items)
    {
        (_items, Count, Bytes, LargestItem) = (items, items.Count, 0, 0);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            ItemTexts.Demand(item);
            var arguments = ArgumentsText.Write(item.Arguments);
            if (arguments is not null)
            {
                _manyArguments ??= new string?[items.Count];
                _manyArguments[index] = arguments;
            }

            var size = Admission.SizeOf(item, arguments);
            Bytes += size;
            LargestItem = Math.Max(LargestItem, size);
            NoteMessage(item, index);
        }
    }

    /// <summary>Items that are not to be stored; all others are, whatever was left out before. Writer only.</summary>
    public void LeaveOut(List<KnownMessage> known)
    {
        var all = _items?.Count ?? 1;
        (Known, _kept, Count, Bytes) = (known.Count == 0 ? null : known, null, all, 0);
        if (known.Count > 0)
        {
            _kept = [.. Enumerable.Range(0, all).Where(index => !known.Exists(message => message.Index <= index && index < message.Index + message.Count))];
            Count = _kept.Count;
        }

        for (var index = 0; index < Count; index++)
        {
            Bytes += Item(index).Size;
        }
    }

    public (NewItem Item, string? Arguments, long Size) Item(int index)
    {
        index = _kept?[index] ?? index;
        if (_single is not null)
        {
            return (_single, _arguments, LargestItem);
        }

        var arguments = _manyArguments?[index];
        return (_items![index], arguments, Admission.SizeOf(_items[index], arguments));
    }

    private void NoteMessage(NewItem item, int index)
    {
        if (item.MessageId is not { } id)
        {
            return;
        }

        _messages ??= [];
        if (_messages.Count > 0 && _messages[^1] is var last && last.Id == id && last.Index + last.Count == index)
        {
            _messages[^1] = last with { Count = last.Count + 1 };
        }
        else
        {
            _messages.Add(new MessageRun(id, index, 1));
        }
    }

    protected override void Retire()
    {
        var home = _home;
        (_home, _single, _arguments, _items, _manyArguments, CancellationToken, Wakeup) = (null, null, null, null, null, default, default);
        (_gathered, Admitted, Known, _kept) = (null, null, null, null);
        _messages?.Clear();
        home?.Return(this);
    }
}
