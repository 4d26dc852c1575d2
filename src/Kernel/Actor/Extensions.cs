namespace Sluice.Kernel.Actor;

/// <summary>Something that a system has once, made when it is first asked for.</summary>
public interface IExtension;

/// <summary>Makes an extension and names it.</summary>
public interface IExtensionId
{
    /// <summary>The type of the extension.</summary>
    Type ExtensionType { get; }

    /// <summary>Makes the extension; called once per system.</summary>
    object CreateExtension(ExtendedActorSystem system);
}

/// <summary>Makes an extension of a type.</summary>
public interface IExtensionId<out T> : IExtensionId
    where T : IExtension
{
    /// <summary>The system's extension, made when there is none yet.</summary>
    T Apply(ActorSystem system);

    /// <summary>The system's extension, made when there is none yet.</summary>
    T Get(ActorSystem system);
}

/// <summary>The base of what makes extensions.</summary>
public abstract class ExtensionIdProvider<T> : IExtensionId<T>
    where T : IExtension
{
    /// <inheritdoc/>
    public Type ExtensionType => typeof(T);

    /// <inheritdoc/>
    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);

    /// <inheritdoc/>
    public T Get(ActorSystem system) => Apply(system);

    /// <summary>Makes the extension; called once per system.</summary>
    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);
}
