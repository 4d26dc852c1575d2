using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary>What every journal command asks for.</summary>
internal static class JournalArguments
{
    public static Option<string> Pool { get; } = new("--pool") { Description = "The HOCON file of the pool.", Required = true };

    public static Option<string?> Sink { get; } = new("--sink") { Description = "Only what is owed to this sink." };

    public static Option<string> Output { get; } = JsonOrText();

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(Output) == "json";

    /// <summary>Opens the pool's journal for looking, beside a running program or without one.</summary>
    public static ValueTask<IJournalView> OpenViewAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = PoolFile.Read(parsed.GetRequiredValue(Pool));
        return Sluice.Journal.Journals.OpenViewAsync(file.Pool.Name, file.Journal, cancellationToken);
    }

    /// <exception cref="UsageException">The pool's file has no such sink.</exception>
    public static string? KnownSink(ParseResult parsed)
    {
        var sink = parsed.GetValue(Sink);
        var known = PoolFile.Read(parsed.GetRequiredValue(Pool)).Exporters.Select(exporter => exporter.Sink.Name).ToList();
        return sink is null || known.Contains(sink)
            ? sink
            : throw new UsageException($"--sink is '{sink}': the pool has {string.Join(", ", known)}.");
    }

    private static Option<string> JsonOrText()
    {
        var output = new Option<string>("--output") { Description = "text, or json: one JSON object per line.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        return output;
    }
}
