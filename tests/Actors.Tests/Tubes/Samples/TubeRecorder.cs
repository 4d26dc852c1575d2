using System.Collections.Concurrent;
using System.Globalization;
using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>Writes down every hook about tubes with its data, a line each.</summary>
internal sealed class TubeRecorder(bool needsTiming = false, InstrumentHooks only = (InstrumentHooks)ulong.MaxValue) : TubeInstrument(only)
{
    private readonly ConcurrentQueue<string> _lines = [];

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _first = [];

    public override bool NeedsTiming => needsTiming;

    public ConcurrentQueue<TimeSpan> Elapsed { get; } = [];

    public string[] Of(string hook) => [.. _lines.Where(line => line.StartsWith(hook + " ", StringComparison.Ordinal)).Select(line => line[(hook.Length + 1)..])];

    public Task FirstAsync(string hook) => First(hook).Task;

    public string[] All => [.. _lines];

    public override void OnRunStart(in RunStarted run) => Add("RunStart", $"{Place(run.Tube)}");

    public override void OnRunEnd(in RunEnded run) => Add("RunEnd", $"{Place(run.Tube)}{Because(run.Fault)}", run.Elapsed);

    public override void OnEpochStart(in EpochEvent epoch) => Add("EpochStart", $"{Place(epoch.Tube)} {epoch.Epoch.ToString()}");

    public override void OnEpochEnd(in EpochEvent epoch) =>
        Add("EpochEnd", $"{Place(epoch.Tube)} {epoch.Epoch.ToString()}{Because(epoch.Fault)}", epoch.Elapsed);

    public override void OnNodeRegistered(in NodeChanged node) => Add("NodeRegistered", Place(node.Node));

    public override void OnNodeReady(in NodeTurn turn) => Add("NodeReady", Turn(turn));

    public override void OnNodeStart(in NodeTurn turn) => Add("NodeStart", Turn(turn));

    public override void OnNodeFinish(in NodeTurn turn) => Add("NodeFinish", Turn(turn), turn.Elapsed);

    public override void OnNodeError(in NodeTurn turn) => Add("NodeError", Turn(turn));

    public override void OnNodeEmitted(in NodeSignal emitted) =>
        Add("NodeEmitted", $"{Place(emitted.Node)}.{emitted.Signal} {emitted.Epoch.ToString()} {Convert.ToString(emitted.Value.Value, CultureInfo.InvariantCulture)}");

    public override void OnNodeNoEvent(in NodeSignal signal) =>
        Add("NodeNoEvent", $"{Place(signal.Node)}.{signal.Signal} {signal.Epoch.ToString()}{(signal.Value.Value is null ? "" : " with a value")}");

    public override void OnNodeEnabled(in NodeChanged node) => Add("NodeEnabled", Place(node.Node));

    public override void OnNodeDisabled(in NodeChanged node) => Add("NodeDisabled", Place(node.Node));

    public override void OnNodeStalled(in NodeWaiting waiting) =>
        Add("NodeStalled", $"{Place(waiting.Node)} {waiting.Epoch.ToString()} {waiting.Slot}");

    public override void OnAssetMade(in AssetEvent asset) => Add("AssetMade", Asset(asset));

    public override void OnAssetReleased(in AssetEvent asset) => Add("AssetReleased", Asset(asset));

    private static string Asset(in AssetEvent asset) => $"{Place(asset.Owner)} {asset.Asset} {asset.Scope} {asset.Value?.GetType().Name}";

    private static string Turn(in NodeTurn turn) => $"{Place(turn.Node)} {turn.Epoch.ToString()}{Because(turn.Fault)}";

    private static string Place(IInstrumented source) => source.Kind == "node" ? $"{source.Parent?.Name}:{source.Name}" : source.Name;

    private static string Because(Exception? fault) => fault is null ? "" : $" {fault.Message}";

    private void Add(string hook, string text, TimeSpan? elapsed = null)
    {
        _lines.Enqueue($"{hook} {text}");
        First(hook).TrySetResult();
        if (elapsed is { } taken)
        {
            Elapsed.Enqueue(taken);
        }
    }

    private TaskCompletionSource First(string hook) => _first.GetOrAdd(hook, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
