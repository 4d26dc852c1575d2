using System.Text.RegularExpressions;
using Sluice.Kernel.Event;

namespace Sluice.TestKit;

/// <summary>
/// Describes events: log events by their text, dead letters and unhandled messages by what was sent. What a filter takes does not
/// appear in the test's output.
/// </summary>
public sealed class EventFilterFactory
{
    private readonly TestKitBase _kit;
    private readonly IReadOnlyList<Predicate<object>> _others;

    internal EventFilterFactory(TestKitBase kit, IReadOnlyList<Predicate<object>> others)
    {
        _kit = kit;
        _others = others;
    }

    /// <summary>Errors.</summary>
    /// <param name="message">The whole text.</param>
    /// <param name="start">How the text starts.</param>
    /// <param name="contains">What the text contains.</param>
    /// <param name="source">Who says it: a path, with or without address.</param>
    public EventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log<Error>(message, start, contains, source);

    /// <summary>Errors whose text a pattern matches.</summary>
    public EventFilterApplier Error(Regex pattern, string? source = null) => Log<Error>(pattern, source);

    /// <summary>Warnings.</summary>
    /// <inheritdoc cref="Error(string, string, string, string)"/>
    public EventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log<Warning>(message, start, contains, source);

    /// <summary>Warnings whose text a pattern matches.</summary>
    public EventFilterApplier Warning(Regex pattern, string? source = null) => Log<Warning>(pattern, source);

    /// <summary>Information.</summary>
    /// <inheritdoc cref="Error(string, string, string, string)"/>
    public EventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log<Info>(message, start, contains, source);

    /// <summary>Information whose text a pattern matches.</summary>
    public EventFilterApplier Info(Regex pattern, string? source = null) => Log<Info>(pattern, source);

    /// <summary>Debug events; the system must log at that level.</summary>
    /// <inheritdoc cref="Error(string, string, string, string)"/>
    public EventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log<Debug>(message, start, contains, source);

    /// <summary>Debug events whose text a pattern matches; the system must log at that level.</summary>
    public EventFilterApplier Debug(Regex pattern, string? source = null) => Log<Debug>(pattern, source);

    /// <summary>Errors with an exception of a type, or of a type derived from it.</summary>
    /// <param name="message">The whole text, of the event or the exception.</param>
    /// <param name="start">How one of the texts starts.</param>
    /// <param name="contains">What one of the texts contains.</param>
    /// <param name="source">Who says it.</param>
    /// <param name="checkInnerExceptions">Whether an inner exception of the type counts, too.</param>
    public EventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false)
        where TException : Exception => Apply<Error>(error =>
            Causes(error.Cause, checkInnerExceptions).Any(cause =>
                cause is TException
                && (TextFits(cause.Message, message, start, contains) || TextFits(error.Message.ToString()!, message, start, contains)))
            && SourceFits(error, source));

    /// <summary>Dead letters, also those that are marked not to be news.</summary>
    public EventFilterApplier DeadLetter() => Apply<AllDeadLetters>(_ => true);

    /// <summary>Dead letters with a message of a type.</summary>
    public EventFilterApplier DeadLetter<TMessage>(Predicate<TMessage>? isMatch = null) =>
        Apply<AllDeadLetters>(letter => letter.Message is TMessage message && (isMatch is null || isMatch(message)));

    /// <summary>Messages of a type that no behaviour of their receiver took.</summary>
    public EventFilterApplier Unhandled<TMessage>(Predicate<TMessage>? isMatch = null) =>
        Apply<UnhandledMessage>(unhandled => unhandled.Message is TMessage message && (isMatch is null || isMatch(message)));

    /// <summary>Log events for which the function is true.</summary>
    public EventFilterApplier Custom(Predicate<LogEvent> predicate) => Apply(predicate);

    /// <summary>Events of a type for which the function is true.</summary>
    public EventFilterApplier Custom<TEvent>(Predicate<TEvent> predicate) => Apply(predicate);

    private static IEnumerable<Exception> Causes(Exception? cause, bool inner)
    {
        for (; cause is not null; cause = inner ? cause.InnerException : null)
        {
            yield return cause;
        }
    }

    private static bool TextFits(string text, string? message, string? start, string? contains) =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    private static bool SourceFits(LogEvent log, string? source) =>
        source is null || log.LogSource == source || (source.StartsWith('/') && log.LogSource.EndsWith(source, StringComparison.Ordinal));

    private EventFilterApplier Log<TEvent>(string? message, string? start, string? contains, string? source)
        where TEvent : LogEvent =>
        Apply<TEvent>(log => TextFits(log.Message.ToString()!, message, start, contains) && SourceFits(log, source));

    private EventFilterApplier Log<TEvent>(Regex pattern, string? source)
        where TEvent : LogEvent => Apply<TEvent>(log => pattern.IsMatch(log.Message.ToString()!) && SourceFits(log, source));

    private EventFilterApplier Apply<TEvent>(Predicate<TEvent> predicate) =>
        new(_kit, [.. _others, @event => @event is TEvent typed && predicate(typed)]);
}
