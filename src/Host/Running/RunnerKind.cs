namespace Sluice.Host.Running;

/// <summary>The runners that a command line can name.</summary>
internal enum RunnerKind
{
    /// <summary>Every node an actor; independent nodes at the same time.</summary>
    Async,

    /// <summary>One node after another on one thread: the reference semantics.</summary>
    Sync,
}
