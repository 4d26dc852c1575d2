namespace Sluice.Host.Running;

/// <summary>The runners that a command line can name.</summary>
internal enum RunnerKind
{
    /// <summary>Every node an actor; independent nodes at the same time.</summary>
    Async,

    /// <summary>As async, with the nodes spread over the members of a cluster.</summary>
    Cluster,

    /// <summary>One node after another on one thread: the reference semantics.</summary>
    Sync,
}
