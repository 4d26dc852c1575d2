namespace Sluice.Actors.Tests.Pools.Model;

/// <summary>What can happen to a pool.</summary>
internal enum PoolAction
{
    /// <summary>Items are sent and their answer is awaited.</summary>
    Send,

    /// <summary>The first sink begins to fail.</summary>
    FailFirst,

    /// <summary>The second sink begins to fail.</summary>
    FailSecond,

    /// <summary>Both sinks work again.</summary>
    Recover,

    /// <summary>The pool stops and starts again.</summary>
    Restart,

    /// <summary>The pool's actors end without a word, as in a crash of the process, and it starts again.</summary>
    Crash,

    /// <summary>Unsent data moves between memory and disk.</summary>
    SwitchMemory,

    /// <summary>The second exporter leaves, keeping what it is owed, or comes back.</summary>
    ToggleSecond,

    /// <summary>Somebody asks for everything unsent to be tried.</summary>
    SendUnsent,
}
