using Sluice.Journal.Settings;
using Sluice.TestKit;

namespace Sluice.Journal.Contract;

/// <summary>What every suite of the contract stands on: a journal that can be closed and opened again.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    protected TestClock Clock { get; } = new();

    protected IJournal Journal { get; private set; } = null!;

    /// <summary>Whether what is committed is still there after closing.</summary>
    protected virtual bool Survives => true;

    protected JournalSettings Settings { get; set; } = TestSettings.In("");

    protected abstract ValueTask<IJournal> OpenAsync(JournalSettings settings, TimeProvider time);

    public virtual async Task InitializeAsync() => Journal = await OpenAsync(Settings, Clock);

    public virtual async Task DisposeAsync()
    {
        await Journal.ShouldBeSound();
        await Journal.DisposeAsync();
    }

    protected async Task ReopenAsync(JournalSettings? settings = null)
    {
        Settings = settings ?? Settings;
        await Journal.DisposeAsync();
        Journal = await OpenAsync(Settings, Clock);
    }

    /// <summary>Closes and opens where that keeps the data: what follows must hold all the same.</summary>
    protected async Task ReopenIfThatKeepsDataAsync()
    {
        if (Survives)
        {
            await ReopenAsync();
        }
    }
}
