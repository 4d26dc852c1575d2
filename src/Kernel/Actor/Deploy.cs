using Sluice.Kernel.Routing;

namespace Sluice.Kernel.Actor;

/// <summary>How an actor is put to work: its mailbox, dispatcher, router and the size of its stash.</summary>
public sealed record Deploy
{
    /// <summary>Stands for a setting that is not made.</summary>
    public const string NotSet = "";

    /// <summary>No setting is made.</summary>
    public static readonly Deploy None = new();

    /// <summary>The settings' path of the mailbox.</summary>
    public string Mailbox { get; init; } = NotSet;

    /// <summary>The settings' path of the dispatcher.</summary>
    public string Dispatcher { get; init; } = NotSet;

    /// <summary>The router in front of the actor; <c>null</c> for none.</summary>
    public RouterConfig? RouterConfig { get; init; }

    /// <summary>How many messages the actor may put aside; -1 for no limit.</summary>
    public int StashCapacity { get; init; } = -1;

    /// <summary>The settings of this, filled up with those of another.</summary>
    public Deploy WithFallback(Deploy other) => new()
    {
        Mailbox = Mailbox == NotSet ? other.Mailbox : Mailbox,
        Dispatcher = Dispatcher == NotSet ? other.Dispatcher : Dispatcher,
        RouterConfig = RouterConfig ?? other.RouterConfig,
        StashCapacity = StashCapacity < 0 ? other.StashCapacity : StashCapacity,
    };
}
