namespace Sluice.Tubes.Binding;

/// <summary>An asset with a life of its own: <see cref="Init"/> makes the object that nodes are given, <see cref="Deinit"/> gives it up.</summary>
public abstract class Asset
{
    /// <summary>What nodes are given. Read after each <see cref="Init"/>.</summary>
    public object? Obj { get; protected set; }

    /// <summary>Called when the asset's scope begins; sets <see cref="Obj"/>.</summary>
    public virtual ValueTask Init(CancellationToken cancellationToken) => default;

    /// <summary>Called when the scope ends.</summary>
    public virtual ValueTask Deinit()
    {
        Obj = null;
        return default;
    }
}
