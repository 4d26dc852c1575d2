using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary>What every journal command asks for.</summary>
internal static class JournalArguments
{
    public static Option<string> Pool { get; } = new("--pool") { Description = "The HOCON file of the pool.", Required = true };

    public static Option<string?> Sink { get; } = new("--sink", "--exporter") { Description = "Only what is about this sink." };

    public static Option<string> Output { get; } = JsonOrText();

    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = "Say what would be done, and do nothing." };

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(Output) == "json";

    /// <summary>Opens the pool's journal for looking, beside a running program or without one.</summary>
    public static ValueTask<IJournalView> OpenViewAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = PoolFile.Read(parsed.GetRequiredValue(Pool));
        return Sluice.Journal.Journals.OpenViewAsync(file.Pool.Name, file.Journal, cancellationToken);
    }

    /// <exception cref="UsageException">Neither the pool's file nor its journal, which remembers those that left, has such a sink.</exception>
    public static async ValueTask DemandKnownSinkAsync(ParseResult parsed, IJournalView journal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Sink) is { } sink)
        {
            var status = await journal.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            var known = Configured(parsed).Union(status.Sinks.Keys).ToList();
            if (!known.Contains(sink))
            {
                throw new UsageException($"--sink is '{sink}': the pool has {string.Join(", ", known)}.");
            }
        }
    }

    /// <exception cref="UsageException">The pool's file has no such sink, so that nothing can be sent to it.</exception>
    public static string? ConfiguredSink(ParseResult parsed)
    {
        var sink = parsed.GetValue(Sink);
        var known = Configured(parsed);
        return sink is null || known.Contains(sink)
            ? sink
            : throw new UsageException($"--sink is '{sink}': the pool has {string.Join(", ", known)}.");
    }

    private static List<string> Configured(ParseResult parsed) =>
        [.. PoolFile.Read(parsed.GetRequiredValue(Pool)).Exporters.Select(exporter => exporter.Sink.Name)];

    private static Option<string> JsonOrText()
    {
        var output = new Option<string>("--output") { Description = "text, or json: one JSON object per line.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        return output;
    }
}
