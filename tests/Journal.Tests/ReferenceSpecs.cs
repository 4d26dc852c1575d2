using Sluice.Hocon;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests;

/// <summary>The defaults are complete.</summary>
public sealed class ReferenceSpecs
{
    [Fact]
    public void Every_setting_of_a_journal_has_its_default_in_the_reference()
    {
        var settings = ConfigurationFactory.Reference(typeof(JournalSettings).Assembly).Bind<JournalSettings>("sluice.journal");

        settings.Kind.ShouldBe(JournalKind.Sqlite);
        settings.WhenFull.ShouldBe(WhenFull.Block);
        settings.MaxBytes.ShouldBe(16L << 30);
        settings.DeadLetterAge.ShouldBe(TimeSpan.Zero);
    }
}
