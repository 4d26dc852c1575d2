using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Conformance.Tests.Cases;
using Sluice.Conformance.Tests.Comparing;
using Sluice.Conformance.Tests.Runners;
using Sluice.Testing.Nodes.Cases;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Conformance.Tests;

/// <summary>Carries a case out on one kind of runner and compares after every step.</summary>
public sealed class Trial(ConformanceCase trial, string runnerKind)
{
    private static readonly NodeTypes Types = new([typeof(CallLog).Assembly]);

    private readonly List<SeenEvent> _events = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _ended = [];
    private bool _initFailed;

    public async Task RunAsync()
    {
        CallLog.Take();
        if (await LoadAsync() is not { } loaded)
        {
            return;
        }

        await using var tube = loaded;

        foreach (var expected in trial.Nodes)
        {
            var node = tube.Node(expected.Id);
            (node.IsEnabled, node.IsStateful).ShouldBe((expected.Enabled, expected.Stateful), $"node {expected.Id}: enabled, stateful");
            node.Code.Signals.Select(signal => signal.Name).ShouldBe(expected.Signals, $"node {expected.Id}: signals");
        }

        var subject = RunnerKinds.Make(runnerKind, tube, Options());
        await using var runner = subject.Runner;
        using var listening = !subject.IsHeard ? null : runner.AddCallback(happened =>
            _events.Add(new SeenEvent(happened.NodeId, happened.Signal, happened.Epoch.ToString(), Snapshot.Of(happened.Value))));
        foreach (var operation in trial.Operations.TakeWhile(operation => !operation.Hangs))
        {
            _events.Clear();
            _warnings.Clear();
            var wasRunning = runner.Running;
            var (result, failure) = await TryAsync(subject, operation);
            _ended.AddRange(_events.Where(happened => happened is { Node: "meta", Signal: "EpochEnded" } && !happened.Epoch.Contains('/', StringComparison.Ordinal)).Select(happened => happened.Epoch));
            Compare(subject, operation, result, failure, wasRunning);
        }
    }

    private RunnerOptions Options()
    {
        var options = new RunnerOptions { Warn = _warnings.Add };
        if (trial.MaxIterLoops is not { } loops)
        {
            return options;
        }

        // The reference makes one call more before it gives up (0.10).
        var gaveUp = trial.IsReference && trial.Operations.Any(operation => ErrorMatch.IsTooManyLoops(operation.Error));
        return options with { MaxIterLoops = gaveUp ? loops + 1 : loops };
    }

    /// <summary>The tube; null if it was refused as it should be.</summary>
    private async Task<Tube?> LoadAsync()
    {
        var placing = await RunnerKinds.PlacingAsync(runnerKind);
        var library = new TubeLibrary([trial.Tubes]);
        Tube tube;
        try
        {
            var specification = trial.Specification is { } given ? TubeReader.FromJson(given, trial.Name, library) : library.Load(trial.Tube ?? "");
            tube = Tube.Build(specification, Types, new TubeOptions { Inputs = trial.TubeInput, Library = library, Placing = placing });
        }
        catch (TubeException refused)
        {
            var expected = trial.LoadError ?? trial.Operations.FirstOrDefault(operation => operation.Kind is "init" or "process" or "run" or "iter")?.Error;
            (expected is not null && ErrorMatch.AtLoad(expected, refused)).ShouldBeTrue($"expected {expected?.Class ?? "a tube"}, got {refused}");
            return null;
        }

        trial.LoadError.ShouldBeNull("the tube must be refused");
        if (trial.LoadWarnings is { } count)
        {
            tube.Warnings.Count.ShouldBe(count, string.Join("; ", tube.Warnings));
        }

        return tube;
    }

    private async Task<(object? Result, Exception? Failure)> TryAsync(RunnerUnderTest subject, Operation operation)
    {
        try
        {
            return (await DoAsync(subject, operation).WaitAsync(TimeSpan.FromSeconds(30)), null);
        }
        catch (Exception failure) when (failure is not TimeoutException and not NotSupportedException)
        {
            return (null, failure);
        }
    }

    private async Task<object?> DoAsync(RunnerUnderTest subject, Operation operation)
    {
        var runner = subject.Runner;
        switch (operation.Kind)
        {
            case "init":
                await runner.InitAsync();
                return null;
            case "deinit":
                await runner.DeinitAsync();
                return null;
            case "process":
                return await runner.ProcessAsync(PlainJson.Map(operation.Argument));
            case "run":
                return await runner.RunAsync(Count(operation));
            case "iter":
                return await TakeAsync(runner.IterAsync(Count(operation)), int.MaxValue);
            case "iter_break":
                return await TakeAsync(runner.IterAsync(), Count(operation) ?? 0);
            case "enable":
                await runner.EnableNodeAsync(operation.Argument?.GetString() ?? "");
                _ended.Clear();
                return null;
            case "disable":
                await runner.DisableNodeAsync(operation.Argument?.GetString() ?? "");
                _ended.Clear();
                return null;
            case "running":
                return runner.Running;
            case "store":
                return subject.Stored?.Invoke().Select(stored => new List<object?> { stored.NodeId, stored.Signal, stored.Epoch.ToString(), stored.Value }).ToList();
            case "epochs":
                return new Dictionary<string, object?> { ["epoch_log"] = _ended.ConvertAll(long.Parse), ["next"] = subject.NextEpoch?.Invoke().ToString() };
            default:
                throw new NotSupportedException($"The operation `{operation.Kind}` is not known: add it to {nameof(Trial)}.");
        }
    }

    private static int? Count(Operation operation) => operation.Argument is { ValueKind: JsonValueKind.Number } count ? count.GetInt32() : null;

    private static async Task<List<object?>> TakeAsync(IAsyncEnumerable<object?> results, int count)
    {
        var taken = new List<object?>();
        await foreach (var result in results)
        {
            taken.Add(result);
            if (taken.Count >= count)
            {
                break;
            }
        }

        return taken;
    }

    private void Compare(RunnerUnderTest subject, Operation operation, object? result, Exception? failure, bool wasRunning)
    {
        var log = CallLog.Take();
        CompareOutcome(subject, operation, result, failure);
        if (subject.IsHeard)
        {
            EventMatch.Check(operation, _events, trial.IsReference, subject.KeepsOrder);
        }

        CompareLog(subject, operation, log, wasRunning);
        _warnings.Count.ShouldBe(operation.Warnings, $"{operation}: warnings were {string.Join("; ", _warnings)}");
        if (operation.Assets is { } assets && subject.Assets?.Invoke() is { } actual)
        {
            foreach (var (id, expected) in assets)
            {
                Same(expected, Snapshot.Of(actual[id]), $"{operation}: the asset {id}");
            }
        }

        _initFailed = failure is not null && operation.Kind == "init";
    }

    private void CompareOutcome(RunnerUnderTest subject, Operation operation, object? result, Exception? failure)
    {
        if (trial.IsReference && failure is null && ErrorMatch.IsEndInsideIteration(operation.Error))
        {
            return;
        }

        if (operation.Error is { } error)
        {
            (failure is not null && ErrorMatch.AtCall(error, failure)).ShouldBeTrue($"{operation}: expected {error.Class} ({error.Message}), got {failure?.ToString() ?? "a result"}");
            return;
        }

        failure.ShouldBeNull($"{operation}: threw {failure}");
        if (!IsOtherwiseHere(subject, operation) && operation.Return is { } expected)
        {
            Same(expected, Snapshot.Of(result), $"{operation}: the result");
        }
    }

    /// <summary>What the specification's section 0 has otherwise than the reference.</summary>
    private bool IsOtherwiseHere(RunnerUnderTest subject, Operation operation) =>
        trial.IsReference && operation.Kind switch
        {
            "running" => _initFailed, // a failed init leaves the runner not running (0.10)
            "run" => operation.Argument is null or { ValueKind: JsonValueKind.Null }, // Run() without n gives nothing (0.10)
            _ => false,
        }
        || operation.Kind == "store" && subject.Stored is null
        || operation.Kind == "epochs" && !subject.IsHeard;

    private void CompareLog(RunnerUnderTest subject, Operation operation, IReadOnlyList<string> actual, bool wasRunning)
    {
        var expected = operation.Log;
        if (trial.IsReference)
        {
            expected = operation.Kind == "deinit" && !wasRunning ? [] : expected; // deinit twice is harmless (0.10)
            expected = [.. expected.Where((entry, i) => i == 0 || entry != expected[i - 1] || !entry.EndsWith(".init", StringComparison.Ordinal))]; // made once per scope (0.11)
        }

        if (operation.Error is not null && !subject.KeepsOrder)
        {
            return; // nodes that do not depend on the failed one may have been called or not
        }

        Comparable(actual, subject.KeepsOrder).ShouldBe(Comparable(expected, subject.KeepsOrder), $"{operation}: the log");
    }

    /// <summary>The log without what nobody may rely on: the order of calls that follow each other, which is the reference's own unless it comes from the dependencies (56).</summary>
    private List<string> Comparable(IReadOnlyList<string> log, bool keepsOrder)
    {
        if (keepsOrder && !trial.IsReference)
        {
            return [.. log];
        }

        var (stretch, wasCall) = (0, false);
        return [.. log
            .Select(entry => (Entry: entry, Stretch: keepsOrder ? StretchOf(entry) : 0))
            .OrderBy(item => item.Stretch)
            .ThenBy(item => item.Entry, StringComparer.Ordinal)
            .Select(item => item.Entry)];

        int StretchOf(string entry)
        {
            var isCall = entry.EndsWith(".process", StringComparison.Ordinal);
            stretch += isCall && wasCall ? 0 : 1;
            wasCall = isCall;
            return stretch;
        }
    }

    private static void Same(JsonElement expected, JsonNode? actual, string what)
    {
        if (expected is { ValueKind: JsonValueKind.Object } && actual is JsonObject given && given.TryGetPropertyValue("next", out var next) && (next is null || !expected.TryGetProperty("next", out _)))
        {
            given.Remove("next"); // not said on one of the sides
            expected = JsonSerializer.SerializeToElement(expected.EnumerateObject().Where(member => member.Name != "next").ToDictionary(member => member.Name, member => member.Value));
        }

        ValueMatch.Same(expected, actual).ShouldBeTrue($"{what} differs.\nexpected: {expected.GetRawText()}\nactual:   {actual?.ToJsonString() ?? "null"}");
    }
}
