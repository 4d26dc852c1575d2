using Sluice.Journal.Settings;

namespace Sluice.Journal.Contract;

public static class TestSettings
{
    public static JournalSettings In(string folder) => new()
    {
        Kind = JournalKind.Sqlite,
        Folder = folder,
        ReserveBytes = 1 << 20,
        ConnectionString = "",
        Schema = "sluice",
        TakeOver = false,
        MaxItems = 0,
        MaxBytes = 0,
        MaxItemBytes = 0,
        WhenFull = WhenFull.Block,
        CommitItems = 1024,
        CommitBytes = 4 << 20,
        MessageIds = 1000,
        QueuedCalls = 4096,
        DeadLetterAge = TimeSpan.Zero,
        DeadLetterBytes = 0,
        FullCheckUpToBytes = 64 << 20,
    };
}
