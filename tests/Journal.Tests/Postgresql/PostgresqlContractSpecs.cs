using Sluice.Journal.Contract;
using Sluice.Journal.Contract.Model;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests.Postgresql;

[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlLogSpecs(PostgresqlServer server) : LogContract
{
    private readonly string _pool = Guid.NewGuid().ToString();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync(_pool, server.Settings(settings), time, CancellationToken.None);
}

[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlLedgerSpecs(PostgresqlServer server) : LedgerContract
{
    private readonly string _pool = Guid.NewGuid().ToString();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync(_pool, server.Settings(settings), time, CancellationToken.None);
}

[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlDeadLetterSpecs(PostgresqlServer server) : DeadLetterContract
{
    private readonly string _pool = Guid.NewGuid().ToString();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync(_pool, server.Settings(settings), time, CancellationToken.None);
}

[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlModelSpecs(PostgresqlServer server) : ModelContract
{
    private readonly string _pool = Guid.NewGuid().ToString();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync(_pool, server.Settings(settings), time, CancellationToken.None);
}

[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlMessageSpecs(PostgresqlServer server) : MessageContract
{
    private readonly string _pool = Guid.NewGuid().ToString();

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync(_pool, server.Settings(settings), time, CancellationToken.None);
}
