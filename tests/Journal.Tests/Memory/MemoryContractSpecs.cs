using Sluice.Journal.Contract;
using Sluice.Journal.Contract.Model;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests.Memory;

public sealed class MemoryLogSpecs : LogContract
{
    protected override bool Survives => false;

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Kind = JournalKind.Memory }, time, CancellationToken.None);
}

public sealed class MemoryLedgerSpecs : LedgerContract
{
    protected override bool Survives => false;

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Kind = JournalKind.Memory }, time, CancellationToken.None);
}

public sealed class MemoryDeadLetterSpecs : DeadLetterContract
{
    protected override bool Survives => false;

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Kind = JournalKind.Memory }, time, CancellationToken.None);
}

public sealed class MemoryModelSpecs : ModelContract
{
    protected override bool Survives => false;

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Kind = JournalKind.Memory }, time, CancellationToken.None);
}

public sealed class MemoryMessageSpecs : MessageContract
{
    protected override bool Survives => false;

    protected override ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time) =>
        Journals.OpenAsync("pool", settings with { Kind = JournalKind.Memory }, time, CancellationToken.None);
}
