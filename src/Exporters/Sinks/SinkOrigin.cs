namespace Sluice.Exporters.Sinks;

/// <summary>Where an item came from; each part is null when it is not known.</summary>
/// <param name="Pool">The pool that took it.</param>
/// <param name="Tube">The tube whose run made it.</param>
/// <param name="Run">The run.</param>
/// <param name="Node">The tube's node that emitted it.</param>
/// <param name="Epoch">The epoch's path, such as <c>0/b:2</c>.</param>
/// <param name="TraceId">The run's trace, 32 hexadecimal digits.</param>
/// <param name="Time">When it was accepted.</param>
public sealed record SinkOrigin(
    string? Pool = null,
    string? Tube = null,
    string? Run = null,
    string? Node = null,
    string? Epoch = null,
    string? TraceId = null,
    DateTimeOffset? Time = null);
