using Sluice.Journal.Contract;
using Sluice.Journal.Contract.Model;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests.Sqlite;

public sealed class SqliteLogSpecs : LogContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Folder = _folder.Path }, time, CancellationToken.None);
}

public sealed class SqliteLedgerSpecs : LedgerContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Folder = _folder.Path }, time, CancellationToken.None);
}

public sealed class SqliteDeadLetterSpecs : DeadLetterContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Folder = _folder.Path }, time, CancellationToken.None);
}

public sealed class SqliteModelSpecs : ModelContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Folder = _folder.Path }, time, CancellationToken.None);
}

public sealed class SqliteMessageSpecs : MessageContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Folder = _folder.Path }, time, CancellationToken.None);
}
