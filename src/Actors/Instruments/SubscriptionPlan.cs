using System.Diagnostics.CodeAnalysis;
using Sluice.Instruments;
using Sluice.Messages.Instruments;

namespace Sluice.Actors.Instruments;

/// <summary>A subscription that was checked: whom it watches, for what.</summary>
internal sealed class SubscriptionPlan
{
    private static readonly string[] Everybody = ["/user/**"];

    private readonly IWatchable _system;
    private readonly SubscribeEvents _wish;
    private readonly IReadOnlyList<PathPattern> _patterns;
    private readonly IReadOnlyList<string> _exempt;
    private readonly InstrumentHooks _hooks;

    private SubscriptionPlan(
        IWatchable system, SubscribeEvents wish, IReadOnlyList<string> actors, IReadOnlyList<PathPattern> patterns, InstrumentHooks hooks, IReadOnlyList<string> exempt) =>
        (_system, _wish, Actors, _patterns, _hooks, _exempt) = (system, wish, actors, patterns, hooks, exempt);

    /// <summary>The patterns of those that are watched.</summary>
    public IReadOnlyList<string> Actors { get; }

    /// <summary>Checks a wish.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="wish">What is wished.</param>
    /// <param name="exempt">Paths of actors that are not watched, with all below them: who watches would see itself seeing.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="refusal">Why not, and what to write instead.</param>
    public static bool TryMake(
        object system,
        SubscribeEvents wish,
        IReadOnlyList<string> exempt,
        [NotNullWhen(true)] out SubscriptionPlan? plan,
        [NotNullWhen(false)] out string? refusal)
    {
        plan = null;
        if (HasNull(wish.Actors) || HasNull(wish.Events) || HasNull(wish.MessageTypes))
        {
            refusal = "Actors, Events and MessageTypes may be empty, but not null, nor may what is in them.";
            return false;
        }

        var actors = wish.Actors is { Count: > 0 } chosen ? chosen : Everybody;
        var patterns = actors.Select(actor => (Text: actor, Pattern: PathPattern.TryParse(actor))).ToList();
        var hooks = wish.Events.Count == 0 ? ~InstrumentHooks.None : InstrumentHooks.None;
        refusal = system is not IWatchable ? "This actor system cannot be watched by instruments."
            : wish.OneIn < 1 ? $"OneIn is {wish.OneIn}: give 1 for every event, 10 for every tenth."
            : patterns.Find(pattern => pattern.Pattern is null).Text is { } wrong ? $"'{wrong}' is no path of actors: write one such as /user/pool, /user/tube-*/** or /user/**."
            : null;
        foreach (var name in wish.Events)
        {
            if (!Enum.TryParse<InstrumentHooks>(name, out var hook) || hook is InstrumentHooks.None or InstrumentHooks.Timing || hook.ToString() != name)
            {
                refusal ??= $"There is no event '{name}': use hooks without 'On', such as QueuePut, TaskAfterSend or TaskError.";
            }

            hooks |= hook;
        }

        if (refusal is null)
        {
            plan = new SubscriptionPlan((IWatchable)system, wish, actors, [.. patterns.Select(pattern => pattern.Pattern!)], hooks, exempt);
        }

        return plan is not null;
    }

    // What another member sends was not checked by our compiler.
    private static bool HasNull(IReadOnlyList<string?>? list) => list is null || list.Contains(null);

    public EventTap Tap(int limit, Action waits) => new(_hooks, _wish.MessageTypes, _wish.OneIn, limit, TimeProvider.System, waits);

    public IDisposable Watch(EventTap tap) => _system.Watch(tap, IsWanted);

    private bool IsWanted(IInstrumented source)
    {
        var path = PathPattern.WithoutAddress(source.Name);
        foreach (var exempt in _exempt)
        {
            if (path.StartsWith(exempt, StringComparison.Ordinal) && (path.Length == exempt.Length || path[exempt.Length] == '/'))
            {
                return false;
            }
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(path))
            {
                return true;
            }
        }

        return false;
    }
}
