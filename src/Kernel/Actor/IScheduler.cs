namespace Sluice.Kernel.Actor;

/// <summary>Does things later; the system's clock.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>Calls actions in place of sending messages; prefer messages.</summary>
    IAdvancedScheduler Advanced { get; }
}
