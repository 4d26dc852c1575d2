using Sluice.Kernel.Actor.Cells;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>All actors that live at a path when a message is sent, which may be none; the path may hold <c>*</c> and <c>?</c>.</summary>
public sealed class ActorSelection : ICanTell
{
    private readonly SelectionPathElement[] _path;

    /// <summary>A selection that starts at an actor.</summary>
    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/', StringSplitOptions.RemoveEmptyEntries))
    {
    }

    /// <summary>A selection that starts at an actor.</summary>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        _path = [.. elements.Where(element => element is not ("" or ".")).Select(SelectionPathElement.Parse)];
    }

    /// <summary>Where the selection starts.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The steps.</summary>
    public IReadOnlyList<SelectionPathElement> Path => _path;

    /// <summary>The steps as text.</summary>
    public string PathString => "/" + string.Join("/", _path.Select(element => element.ToString()));

    /// <inheritdoc/>
    public void Tell(object message, IActorRef? sender = null) =>
        Deliver(Anchor, new ActorSelectionMessage(message, _path), sender ?? ActorCell.Current?.Self);

    /// <summary>Finds one actor that the selection meets.</summary>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>Finds one actor that the selection meets.</summary>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"Nobody lives at {this}.");
        }
        catch (AskTimeoutException silence)
        {
            throw new ActorNotFoundException($"Nobody at {this} answered within {timeout}.", silence);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";

    internal static ActorSelection To(IActorRefProvider provider, ActorPath path) => path.Elements is ["temp" or "deadLetters", ..]
        ? new(provider.ResolveActorRef(path), [])
        : new(provider.ResolveActorRef(path.Root), path.Elements);

    internal static ActorSelection To(IActorRefProvider provider, IActorRef self, string path)
    {
        if (Address.TryParse(path, out var address, out var rest))
        {
            return To(provider, new ActorPath(address) / rest.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries));
        }
        return path.StartsWith('/')
            ? To(provider, provider.RootPath / path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            : new(self, path);
    }

    internal static void Deliver(IActorRef anchor, ActorSelectionMessage selection, IActorRef? sender)
    {
        var current = (IInternalActorRef)anchor;
        for (var i = 0; i < selection.Elements.Count; i++)
        {
            if (!current.IsLocal)
            {
                current.Tell(new ActorSelectionMessage(selection.Message, [.. selection.Elements.Skip(i)], selection.WildCardFanOut), sender);
                return;
            }
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = current.Parent;
                    break;
                case SelectChildName name when current.GetChild(name.Name) is IInternalActorRef child && !child.IsNobody():
                    current = child;
                    break;
                case SelectChildPattern pattern:
                    DeliverAll(current, pattern, [.. selection.Elements.Skip(i + 1)], selection, sender);
                    return;
                default:
                    NotFound(current, selection, sender);
                    return;
            }
        }
        current.Tell(selection.Message, sender);
    }

    private static void DeliverAll(
        IInternalActorRef parent, SelectChildPattern pattern, SelectionPathElement[] rest, ActorSelectionMessage selection, IActorRef? sender)
    {
        var matching = parent.GetChildren().Where(child => pattern.Matches(child.Path.Name)).ToArray();
        if (matching.Length == 0)
        {
            NotFound(parent, selection, sender);
        }
        foreach (var child in matching)
        {
            Deliver(child, new ActorSelectionMessage(selection.Message, rest, wildCardFanOut: true), sender);
        }
    }

    private static void NotFound(IInternalActorRef last, ActorSelectionMessage selection, IActorRef? sender)
    {
        if (!selection.WildCardFanOut && last.Provider is { } provider)
        {
            var reason = $"nobody lives at {string.Join('/', selection.Elements)} seen from {last.Path}";
            provider.DeadLetters.Tell(
                new DeadLetter(selection.Message, sender ?? provider.DeadLetters, provider.DeadLetters, reason), sender);
        }
    }
}
