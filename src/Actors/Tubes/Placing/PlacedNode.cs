using System.Text.Json;
using Sluice.Messages.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Travel;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>
/// A node whose code runs on other members. Where its values turn out to be objects of this process it comes home, for good: it then runs beside
/// the node that gave them.
/// </summary>
internal sealed class PlacedNode : INodeCode, IAsyncDisposable
{
    private readonly ClusterPlacing _placing;
    private readonly NodeToPlace _node;
    private readonly INodeCode _code;
    private readonly long _turn;
    private readonly SemaphoreSlim _movingHome = new(1);
    private IReadOnlyList<InputWire> _wires = [];
    private IActorRef[] _agents = [];
    private RunnerContext? _context;
    private int _partition = -1;
    private long _calls;
    private volatile bool _isHome;

    public PlacedNode(ClusterPlacing placing, NodeToPlace node, long turn)
    {
        (_placing, _node, _code, _turn) = (placing, node, node.Code, turn);
    }

    public IReadOnlyList<Slot> Slots => _code.Slots;

    public IReadOnlyList<Signal> Signals => _code.Signals;

    public bool IsStateful => _code.IsStateful;

    public bool IsSource => _code.IsSource;

    public void Wire(IReadOnlyList<InputWire> wires)
    {
        _code.Wire(wires);
        _wires = wires;
        if (_node.Specification.PartitionBy is { } slot)
        {
            _partition = wires.ToList().FindIndex(wire => Names.Same(wire.Slot ?? Slots.ElementAtOrDefault(wire.Position ?? -1)?.Name ?? "", slot));
            if (_partition < 0)
            {
                throw new WiringException($"partition-by names the slot {slot}, which is not given; name one of those in depends.");
            }
        }
    }

    public async ValueTask InitAsync(RunnerContext context, CancellationToken cancellationToken)
    {
        _context = context;
        if (_agents.Length == 0 && !_isHome)
        {
            Settle(context);
        }

        if (_isHome)
        {
            await _code.InitAsync(context, cancellationToken).ConfigureAwait(false);
        }

        await AskAllAsync(done => new InitPlaced(done), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DeinitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_isHome)
            {
                await _code.DeinitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await AskAllAsync(done => new DeinitPlaced(done), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call) =>
        _isHome ? _code.CallAsync(inputs, results, call) : CallThereAsync(inputs, results, call);

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            _placing.System.Stop(agent);
        }

        _agents = [];
        _movingHome.Dispose();
        if (_code is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Decides where it runs, once: at home when its turn falls on this member.</summary>
    private void Settle(RunnerContext context)
    {
        var first = Seats.NumberOf(context.RunnerId) + _turn;
        var copies = _partition < 0 ? 1 : Math.Max(1, _placing.CountOf(_node.Placement));
        var place = _placing.Choose(_node.Placement, first);
        _isHome = copies == 1 && (place is { IsHere: true } || (place is null && _node.Placement is not Placement.Role));
        if (!_isHome)
        {
            _agents = [.. Enumerable.Range(0, copies).Select(copy => _placing.NewAgent(Template(context), _node.Placement, first + copy, _node, context.Time))];
        }
    }

    private HostNode Template(RunnerContext context)
    {
        object?[] pairs = [.. _node.Params.SelectMany(pair => new[] { pair.Key, pair.Value })];
        var parameters = ValueWriter.TryWrite(pairs, out var json, out var obstacle)
            ? json
            : throw new WiringException($"{_node.Specification.Id} cannot run on another member: its params hold {obstacle}. Write placement: local.");
        return new HostNode(
            0, _node.Tube, context.RunnerId, _node.Specification.Id, _node.Specification.Type, parameters, [.. _wires.Select(wire => new NodeWire(wire.Position, wire.Slot))], 0);
    }

    private async ValueTask CallThereAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        if (!ValueWriter.TryWrite(inputs, _code.ValueTypes, out var json, out var obstacle))
        {
            await CallAtHomeAsync(inputs, results, call, $"takes {obstacle}").ConfigureAwait(false);
            return;
        }

        try
        {
            ValueReader.Read(await AnswerAsync(inputs, json, call).ConfigureAwait(false), results, _code.ValueTypes);
        }
        catch (CannotTravelException stuck)
        {
            await CallAtHomeAsync(inputs, results, call, $"gives {stuck.What}").ConfigureAwait(false);
        }
    }

    private async Task<JsonElement> AnswerAsync(object?[] inputs, JsonElement json, NodeCall call)
    {
        var agent = _agents[_partition < 0 ? 0 : Seats.NumberOf(Convert.ToString(inputs[_partition], System.Globalization.CultureInfo.InvariantCulture) ?? "") % _agents.Length];
        var placed = new PlacedCall(Interlocked.Increment(ref _calls), call.Epoch.ToString(), json);
        agent.Tell(placed, ActorRefs.NoSender);
        using var cancellation = call.CancellationToken.UnsafeRegister(_ => agent.Tell(new CancelPlaced(placed), ActorRefs.NoSender), null);
        return await placed.Answer.ConfigureAwait(false);
    }

    private async ValueTask CallAtHomeAsync(object?[] inputs, object?[] results, NodeCall call, string why)
    {
        if (_node.IsStateful)
        {
            throw new NodeElsewhereException($"The node {_node.Specification.Id} runs on another member and {why}, which cannot travel. Write placement: local.");
        }

        await _movingHome.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isHome)
            {
                await _code.InitAsync(_context!, call.CancellationToken).ConfigureAwait(false);
                _isHome = true;
            }
        }
        finally
        {
            _movingHome.Release();
        }

        await _code.CallAsync(inputs, results, call).ConfigureAwait(false);
    }

    private async ValueTask AskAllAsync(Func<TaskCompletionSource, object> question, CancellationToken cancellationToken)
    {
        var answers = new List<Task>();
        foreach (var agent in _agents)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            agent.Tell(question(done), ActorRefs.NoSender);
            answers.Add(done.Task);
        }

        await Task.WhenAll(answers).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
