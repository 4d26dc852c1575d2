namespace Sluice.Journal.Engine;

/// <summary>An append on its way. Arguments are turned to text by the caller's thread, so that the writer need not.</summary>
internal sealed class AppendRequest : JournalRequest<AppendReceipt>
{
    private RequestPool<AppendRequest>? _home;
    private NewItem? _single;
    private string? _arguments;
    private IReadOnlyList<NewItem>? _items;
    private string?[]? _manyArguments;

    public OwedTo OwedTo { get; private set; } = OwedTo.All;

    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Wakes the writer when a call that waits for room is cancelled. Writer only.</summary>
    public CancellationTokenRegistration Wakeup { get; set; }

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

    public void Load(RequestPool<AppendRequest> home, IReadOnlyList<NewItem> items, OwedTo owedTo, CancellationToken cancellationToken)
    {
        (_home, OwedTo, CancellationToken) = (home, owedTo, cancellationToken);
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
        home?.Return(this);
    }
}
