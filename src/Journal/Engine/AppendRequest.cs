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

    public OwedTo OwedTo { get; private set; } = OwedTo.All;

    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Wakes the writer when a call that waits for room is cancelled. Writer only.</summary>
    public CancellationTokenRegistration Wakeup { get; set; }

    /// <summary>Tells the caller that its items have their places; null when it does not want to know.</summary>
    public Action? Admitted { get; private set; }

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    public long LargestItem { get; private set; }

    public void Load(RequestPool<AppendRequest> home, NewItem item, OwedTo owedTo, CancellationToken cancellationToken)
    {
        (_home, OwedTo, CancellationToken) = (home, owedTo, cancellationToken);
        ItemTexts.Demand(item);
        (_single, _arguments, Count) = (item, ArgumentsText.Write(item.Arguments), 1);
        LargestItem = Bytes = Admission.SizeOf(item, _arguments);
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
        }
    }

    public (NewItem Item, string? Arguments, long Size) Item(int index)
    {
        if (_single is not null)
        {
            return (_single, _arguments, Bytes);
        }

        var arguments = _manyArguments?[index];
        return (_items![index], arguments, Admission.SizeOf(_items[index], arguments));
    }

    protected override void Retire()
    {
        var home = _home;
        (_home, _single, _arguments, _items, _manyArguments, CancellationToken, Wakeup) = (null, null, null, null, null, default, default);
        (_gathered, Admitted) = (null, null);
        home?.Return(this);
    }
}
