using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Observing;

namespace Sluice.Host.Members;

/// <summary><c>sluice member</c>: takes part in a cluster until it is stopped.</summary>
internal static class MemberCommand
{
    private static readonly ObservationArguments Observed = new();

    private static readonly Option<string?> Name = new("--name") { Description = "This member's name, unique in the cluster; otherwise sluice.cluster.member of the file." };

    private static readonly Option<string?> Roles = new("--roles") { Description = "What it is there for, such as sinks,gpu; otherwise sluice.cluster.roles of the file." };

    private static readonly Option<string[]> Nodes = new("--nodes")
    {
        Description = "Node code that runs started elsewhere may have called here: a .dll, a .cs file or a .csproj. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var command = new Command("member", "Joins a cluster and works for it until it is stopped; Ctrl-C leaves gracefully.") { Name, Roles, Nodes };
        Observed.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Observed.ConfigFile(parsed) ?? throw new UsageException("--config is missing: give a HOCON file with section sluice.cluster, such as hocon/cluster.conf.");
        var file = MemberFile.Read(path);
        var settings = file.Cluster with
        {
            Member = parsed.GetValue(Name) ?? file.Cluster.Member,
            Roles = parsed.GetValue(Roles)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? file.Cluster.Roles,
        };
        if (settings.Member.Length == 0)
        {
            throw new UsageException($"--name is missing, and {file.Path} has no sluice.cluster.member: give this member a name.");
        }

        return await new MemberProcess(file, settings, Observed.Read(parsed, file: null), parsed.GetValue(Nodes) ?? [], Console.Out).RunAsync(cancellationToken);
    }
}
