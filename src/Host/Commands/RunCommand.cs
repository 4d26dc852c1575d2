using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Observing;
using Sluice.Host.Output;
using Sluice.Host.Running;
using Spectre.Console;

namespace Sluice.Host.Commands;

/// <summary><c>sluice run</c>: the main job.</summary>
internal static class RunCommand
{
    private static readonly TubeArguments Tube = new();

    private static readonly ObservationArguments Observation = new();

    private static readonly Option<RunnerKind> Runner = new("--runner")
    {
        Description = "async: every node an actor, independent nodes at the same time. sync: one node after another. cluster: nodes spread over the members of the cluster of --config.",
        DefaultValueFactory = _ => RunnerKind.Async,
    };

    private static readonly Option<long?> Epochs = new("--epochs") { Description = "Stop after so many epochs; otherwise when a source ends." };

    private static readonly Option<string?> Inputs = new("--inputs")
    {
        Description = "'-' reads process inputs from standard input: a JSON object per line, one process call each.",
    };

    private static readonly Option<string?> Pool = new("--pool") { Description = "A HOCON file with the pool that returned values go to." };

    private static readonly Option<string[]> Exporter = new("--exporter")
    {
        Description = "Send what happens in the run to file:PATH, http://ADDRESS, otlp:http://ADDRESS (as spans) or console:. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Drain = new("--drain")
    {
        Description = "How long the end of the run waits for sinks that still take what they are owed, such as 10s or 500ms.",
        DefaultValueFactory = _ => "10s",
    };

    private static readonly Option<string> Output = new("--output") { Description = "text, or json: one JSON object per line.", DefaultValueFactory = _ => "text" };

    private static readonly Option<bool> Events = new("--events") { Description = "Show every event of every node too." };

    private static readonly Option<bool> Watch = new("--watch")
    {
        Description = "Show nodes, epochs, queues and sinks live, four times a second; plain lines when the output is no terminal.",
    };

    public static Command Create()
    {
        var command = new Command("run", "Runs a tube, epoch by epoch, until its sources end.");
        Tube.AddTo(command);
        Output.AcceptOnlyFromAmong("text", "json");
        foreach (var option in new Option[] { Epochs, Inputs, Pool, Runner, Drain, Output, Events, Watch, Exporter })
        {
            command.Options.Add(option);
        }

        Observation.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Read(parsed);
        await using var view = View(json: parsed.GetValue(Output) == "json", parsed.GetValue(Events), parsed.GetValue(Watch));
        await new TubeRun(options, view).RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static RunOptions Read(ParseResult parsed)
    {
        var epochs = parsed.GetValue(Epochs);
        var inputs = parsed.GetValue(Inputs);
        if (epochs < 0)
        {
            throw new UsageException($"--epochs is {epochs}: give a number from 0 up, or leave it out to run until a source ends.");
        }

        if (inputs is not null and not "-")
        {
            throw new UsageException($"--inputs is '{inputs}': only '-' is known, for standard input.");
        }

        return new RunOptions
        {
            Tube = Tube.Read(parsed),
            Runner = parsed.GetValue(Runner),
            Cluster = Cluster(parsed),
            Epochs = epochs,
            ProcessInputs = inputs is null ? null : ProcessInputs.ReadAsync(Console.In),
            Pool = parsed.GetValue(Pool),
            Observation = Observe(parsed),
            Drain = Durations.Parse("--drain", parsed.GetValue(Drain) ?? ""),
        };
    }

    private static ObservationPlan Observe(ParseResult parsed)
    {
        var plan = Observation.Read(parsed, parsed.GetValue(Pool));
        var targets = parsed.GetValue(Exporter) ?? [];
        return plan with { Exporters = [.. plan.Exporters, .. targets.Select((target, index) => ExporterPlan.FromTarget(target, index + 1))] };
    }

    private static ClusterSession? Cluster(ParseResult parsed) =>
        parsed.GetValue(Runner) != RunnerKind.Cluster ? null
        : ClusterSession.Read(
            Observation.ConfigFile(parsed) ?? throw new UsageException("--runner cluster needs --config: the file of the cluster's members, such as hocon/cluster.conf."));

    private static IRunView View(bool json, bool events, bool watch) =>
        json ? JsonView.OnStandardOutput(events)
        : Console.IsOutputRedirected ? new PlainView(Console.Out, events: events, nodes: watch)
        : watch ? new WatchView(AnsiConsole.Console)
        : new TerminalView(AnsiConsole.Console, events);
}
