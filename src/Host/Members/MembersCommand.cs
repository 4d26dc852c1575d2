using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sluice.Host.CommandLine;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Members;

/// <summary><c>sluice members</c>: who is in the cluster, seen by an observer that nobody notices.</summary>
internal static class MembersCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private static readonly Option<string> Config = new("--config") { Description = "The HOCON file that the members use.", Required = true };

    private static readonly Option<string> Output = new("--output") { Description = "text, or json: one JSON object per line.", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        Output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("members", "Lists the members of a cluster: name, roles, version, address, since when, load.") { Config, Output };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = MemberFile.Read(parsed.GetRequiredValue(Config));
        using var system = ActorSystem.Create("sluice", file.Config);
        try
        {
            var cluster = Cluster.Cluster.Get(system);
            var settings = file.Cluster with { Member = MemberFile.ObserverName() };
            await cluster.ObserveAsync(file.NewTransport(), settings, cancellationToken);
            var members = await LoadedAsync(cluster, settings.HeartbeatInterval * 3, cancellationToken);
            Write(members, parsed.GetValue(Output) == "json", Console.Out);
            await cluster.LeaveAsync(cancellationToken);
            return ExitCode.Done;
        }
        finally
        {
            await system.Terminate();
        }
    }

    // A member tells its load with its heartbeat: all are known after one interval, but for a member that hangs.
    private static async Task<IReadOnlyList<MemberLine>> LoadedAsync(Cluster.Cluster cluster, TimeSpan patience, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (cluster.State.Members.Any(member => cluster.LoadOf(member) is null) && time.GetElapsedTime(start) < patience)
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }

        return [.. cluster.State.Members.Select(member => new MemberLine(
            member.Name,
            [.. member.Roles.Order(StringComparer.Ordinal)],
            member.AppVersion,
            member.Address.ToString(),
            member.Since,
            cluster.LoadOf(member)))];
    }

    private static void Write(IReadOnlyList<MemberLine> members, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            foreach (var member in members)
            {
                output.WriteLine(JsonSerializer.Serialize(member, JsonSerializerOptions.Web));
            }

            return;
        }

        string[][] rows = [["name", "roles", "version", "address", "since (UTC)", "load"], .. members.Select(member => member.Columns)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members.Count} members"));
    }
}
