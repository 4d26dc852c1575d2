using System.Diagnostics;
using Sluice.Instruments.Events;
using Sluice.Instruments.Tracing;

namespace Sluice.Instruments.Tests.Tracing;

/// <summary>A run is played by hand here: what fires is what its runner fires.</summary>
[Collection(nameof(TraceSpecs))]
public sealed class TubeTraceSpecs : IDisposable
{
    private readonly TubeTraceInstrument _trace = new();
    private readonly Spans _spans = new();
    private readonly Named _tube = new("late", "Tube");
    private readonly Named _node = new("straggler", "Node");

    public void Dispose()
    {
        _spans.Dispose();
        _trace.Dispose();
    }

    [Fact]
    public void A_node_that_is_called_although_its_run_has_failed_meanwhile_is_in_the_runs_trace()
    {
        Activity.Current = null;
        var turn = 3;

        _trace.OnRunStart(new RunStarted(_tube));
        _trace.OnRunEnd(new RunEnded(_tube, new InvalidOperationException("another node failed"), TimeSpan.FromSeconds(1)));
        _trace.OnNodeStart(new NodeTurn(_tube, _node, ItemView.Of(in turn)));
        _trace.OnNodeFinish(new NodeTurn(_tube, _node, ItemView.Of(in turn)));

        var run = _spans["run late"];
        _spans["node straggler"].TraceId.ShouldBe(run.TraceId);
        _spans["node straggler"].ParentSpanId.ShouldBe(run.SpanId);
    }
}
