namespace Sluice.Kernel.Actor;

/// <summary>Asking a system for its extensions.</summary>
public static class ActorSystemExtensions
{
    /// <summary>The system's extension, made by the provider when there is none yet.</summary>
    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId, new() => (T)system.RegisterExtension(new TI());
}
