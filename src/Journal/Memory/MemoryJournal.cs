using Sluice.Journal.Engine;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Memory;

/// <summary>Opens a journal that ends with its process.</summary>
internal static class MemoryJournal
{
    public static async ValueTask<IJournal> OpenAsync(JournalSettings settings, string pool, TimeProvider time)
    {
        var store = new MemoryStore(pool);
        var opening = new JournalOpening(store.Where, "memory", Created: true, MigratedFrom: null, Recovery: null);
        return await JournalEngine.StartAsync(pool, store, settings, opening, time).ConfigureAwait(false);
    }
}
