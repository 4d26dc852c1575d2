using System.Globalization;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>The faults that were survived, one row each; test.sh prints it.</summary>
internal static class FaultTable
{
    private static readonly Lock Gate = new();
    private static readonly List<string> Rows = [];

    private static string File { get; } = Path.Combine(Folder(), "faults.txt");

    /// <summary>Adds a fault after which all that was acknowledged has been found again; one that lost something fails its test instead.</summary>
    public static void Add(string fault, Ledger ledger)
    {
        lock (Gate)
        {
            Rows.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{fault,-72} {ledger.Acknowledged,6} {0,5} {ledger.Again,6} {ledger.TurnedAway,6} {ledger.LongestWait.TotalSeconds,8:0.0} {ledger.LongestGap.TotalSeconds,8:0.0}"));
            System.IO.File.WriteAllLines(File, [$"{"Fault of the cluster",-72} {"acked",6} {"lost",5} {"again",6} {"fenced",6} {"wait s",8} {"gap s",8}", .. Rows]);
        }
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == "artifacts")
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
