using System.Globalization;
using Sluice.Journal.Reports;

namespace Sluice.Host.Running;

/// <summary>What a person should know about how a journal was opened.</summary>
internal static class JournalNotes
{
    public static List<string> Of(JournalOpening opening)
    {
        var notes = new List<string>();
        if (opening.MigratedFrom is { } version)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"The journal {opening.Where} was brought up to date from version {version}."));
        }

        if (opening.Recovery is { } recovery)
        {
            var lost = recovery.SequencesLost.Count == 0 ? "nothing is missing" : "lost are the numbers " + string.Join(", ", recovery.SequencesLost);
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The journal {opening.Where} was damaged ({recovery.Damage}): {recovery.ItemsRecovered} items and {recovery.DeadLettersRecovered} dead letters were recovered, {lost}; the damaged file is kept as {recovery.SetAside}."));
            notes.AddRange(recovery.Remarks);
        }

        return notes;
    }
}
