using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary>The options that choose items; all that are given must hold.</summary>
internal static class SelectionOptions
{
    private static readonly Option<string> State = Words("--state", "pending: what is owed; dead: what a sink would not take.", "pending", "dead");
    private static readonly Option<string?> OlderThan = new("--older-than") { Description = "Only what was accepted longer ago than this, such as 2h." };
    private static readonly Option<string?> NewerThan = new("--newer-than") { Description = "Only what was accepted within this time, such as 30m." };
    private static readonly Option<string?> Keys = new("--keys") { Description = "Only these keys: 7, 7..12, 7.. or ..12." };
    private static readonly Option<string?> Class = new("--class") { Description = "Only dead letters of this kind: permanent, poison, expired, overflow, corrupt or config." };
    private static readonly Option<string?> Error = new("--error") { Description = "Only dead letters whose error contains this text, in any case." };
    private static readonly Option<string?> Text = new("--text") { Description = "Only items whose payload contains this text, in any case." };

    /// <summary>The filters that fit any state.</summary>
    public static IReadOnlyList<Option> ForAny { get; } = [JournalArguments.Sink, State, OlderThan, NewerThan, Keys, Class, Error, Text];

    /// <summary>The filters for what is about dead letters alone.</summary>
    public static IReadOnlyList<Option> ForDead { get; } = [JournalArguments.Sink, OlderThan, NewerThan, Keys, Class, Error, Text];

    /// <exception cref="UsageException">An option's value makes no sense, or does not fit the state.</exception>
    public static Selection Read(ParseResult parsed, bool onlyDead = false)
    {
        var state = onlyDead || parsed.GetValue(State) == "dead" ? JournalState.Dead : JournalState.Pending;
        if (state is JournalState.Pending && (parsed.GetValue(Class) is not null || parsed.GetValue(Error) is not null))
        {
            throw new UsageException("--class and --error choose among dead letters: add --state dead.");
        }

        var pool = PoolFile.Read(parsed.GetRequiredValue(JournalArguments.Pool)).Pool.Name;
        return new Selection
        {
            State = state,
            Sink = parsed.GetValue(JournalArguments.Sink),
            AcceptedBefore = Ago("--older-than", parsed.GetValue(OlderThan)),
            AcceptedFrom = Ago("--newer-than", parsed.GetValue(NewerThan)),
            Keys = parsed.GetValue(Keys) is { } keys ? KeyRange.Parse(keys, pool) : KeyRange.All,
            Class = parsed.GetValue(Class) is { } name ? ClassOf(name) : null,
            Error = parsed.GetValue(Error),
            Text = parsed.GetValue(Text),
        };
    }

    private static DateTimeOffset? Ago(string option, string? text) =>
        text is null ? null : TimeProvider.System.GetUtcNow() - Durations.Parse(option, text);

    private static DeadLetterClass ClassOf(string name) =>
        Enum.TryParse<DeadLetterClass>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new UsageException($"--class is '{name}': write {string.Join(", ", Enum.GetNames<DeadLetterClass>()).ToLowerInvariant()}.");

    private static Option<string> Words(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
