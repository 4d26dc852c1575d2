namespace Sluice.Messages.Pools;

/// <summary>Where an item came from; each part is null when it is not known.</summary>
/// <param name="Tube">The tube whose run made it.</param>
/// <param name="Run">The run.</param>
/// <param name="Node">The tube's node that emitted it.</param>
/// <param name="Epoch">The epoch's path, such as <c>0/b:2</c>.</param>
/// <param name="TraceId">The run's trace, 32 hexadecimal digits.</param>
public sealed record ItemOrigin(
    string? Tube = null,
    string? Run = null,
    string? Node = null,
    string? Epoch = null,
    string? TraceId = null);
