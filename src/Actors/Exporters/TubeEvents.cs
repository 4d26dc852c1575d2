using System.Collections.Frozen;
using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Actors.Exporters;

/// <summary>
/// One run of a tube as exporters see it: enter it where the runner is made, and give its <see cref="Context"/> to
/// <see cref="ExporterActors.ObserveAsync"/>. Runs, epochs and nodes start and end; what nodes emit happens in their epoch.
/// </summary>
public sealed class TubeEvents : TubeInstrument
{
    private const string Run = "run";
    private const string Epoch = "epoch";
    private const string Node = "node";
    private const string Emitted = "event";

    private readonly EventStream _events = new();
    private readonly TimeProvider _time;

    /// <param name="name">The run's name, unique among all that are observed at the same time.</param>
    /// <param name="values">What exporters should know of the run besides.</param>
    /// <param name="time">Times the events; the system's if left out.</param>
    public TubeEvents(string name, IReadOnlyDictionary<string, object?>? values = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Context = new ContextState { Name = name, Events = _events, Values = values ?? FrozenDictionary<string, object?>.Empty };
    }

    /// <summary>The categories of the events, from the outermost in.</summary>
    public static IReadOnlyList<string> Categories { get; } = [Run, Epoch, Node, Emitted];

    /// <summary>What exporters observe.</summary>
    public ContextState Context { get; }

    /// <summary>The run is over, and so is the stream. What was begun and has not ended stays so.</summary>
    public void Complete() => _events.Complete();

    /// <inheritdoc/>
    public override void OnRunStart(in RunStarted run) =>
        Publish(EventKind.Started, Run, IdOf(run.Tube), run.Tube.Name, run.Tube.Parent?.Parent is { } around ? IdOf(around) : null, Tube(run.Tube));

    /// <inheritdoc/>
    public override void OnRunEnd(in RunEnded run) => Publish(EventKind.Ended, Run, IdOf(run.Tube), run.Tube.Name, fault: run.Fault);

    /// <inheritdoc/>
    public override void OnEpochStart(in EpochEvent epoch)
    {
        var path = epoch.Epoch.ToString()!;
        Publish(EventKind.Started, Epoch, IdOf(epoch.Tube, path), path, IdOf(epoch.Tube), In(epoch.Tube, path));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochEvent epoch)
    {
        var path = epoch.Epoch.ToString()!;
        Publish(EventKind.Ended, Epoch, IdOf(epoch.Tube, path), path, fault: epoch.Fault);
    }

    /// <inheritdoc/>
    public override void OnNodeStart(in NodeTurn turn)
    {
        var path = turn.Epoch.ToString()!;
        Publish(EventKind.Started, Node, IdOf(turn.Tube, path, turn.Node), turn.Node.Name, IdOf(turn.Tube, path), In(turn.Tube, path, turn.Node));
    }

    /// <inheritdoc/>
    public override void OnNodeFinish(in NodeTurn turn) =>
        Publish(EventKind.Ended, Node, IdOf(turn.Tube, turn.Epoch.ToString()!, turn.Node), turn.Node.Name, fault: turn.Fault);

    /// <inheritdoc/>
    public override void OnNodeEmitted(in NodeSignal emitted)
    {
        var path = emitted.Epoch.ToString()!;
        Publish(
            EventKind.Happened,
            Emitted,
            $"{IdOf(emitted.Tube, path, emitted.Node)}.{emitted.Signal}",
            $"{emitted.Node.Name}.{emitted.Signal}",
            IdOf(emitted.Tube, path),
            In(emitted.Tube, path, emitted.Node),
            value: emitted.Value.Value);
    }

    private void Publish(
        EventKind kind,
        string category,
        string id,
        string name,
        string? parent = null,
        IReadOnlyDictionary<string, object?>? attributes = null,
        Exception? fault = null,
        object? value = null) =>
        _events.Publish(new ExporterEvent
        {
            Kind = kind,
            Id = id,
            ParentId = parent,
            Name = name,
            Category = category,
            Time = _time.GetUtcNow(),
            Value = value,
            Error = fault is null ? null : $"{fault.GetType().Name}: {fault.Message}",
            Attributes = attributes ?? FrozenDictionary<string, object?>.Empty,
        });

    private static string IdOf(IInstrumented tube) => tube.Name;

    private static string IdOf(IInstrumented tube, string epoch) => $"{tube.Name}@{epoch}";

    private static string IdOf(IInstrumented tube, string epoch, IInstrumented node) => $"{tube.Name}/{node.Name}@{epoch}";

    private static Dictionary<string, object?> Tube(IInstrumented tube) => Attributes([("sluice.tube.name", tube.Name)]);

    private static Dictionary<string, object?> In(IInstrumented tube, string epoch) => Attributes([("sluice.tube.name", tube.Name), ("sluice.tube.epoch", epoch)]);

    private static Dictionary<string, object?> In(IInstrumented tube, string epoch, IInstrumented node) =>
        Attributes([("sluice.tube.name", tube.Name), ("sluice.tube.epoch", epoch), ("sluice.node.id", node.Name)]);

    private static Dictionary<string, object?> Attributes(IEnumerable<(string Name, string Value)> attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => (object?)attribute.Value);
}
