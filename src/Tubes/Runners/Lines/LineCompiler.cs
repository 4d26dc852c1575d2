using System.Linq.Expressions;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners.Lines;

/// <summary>
/// Writes the calls of a straight line into a few methods, which make them as a program would that somebody had written for this tube:
/// no call through an interface, no array of arguments, a value stays what it is until somebody wants it as an event.
/// </summary>
internal sealed class LineCompiler
{
    // The time that the just-in-time compiler takes grows faster than the method.
    private const int LongestSegment = 32;

    private readonly ParameterExpression _cells = Expression.Parameter(typeof(SignalCell[]), "cells");
    private readonly ParameterExpression _inputs = Expression.Parameter(typeof(object[]), "inputs");
    private readonly ParameterExpression _clock = Expression.Parameter(typeof(CallClock), "clock");
    private readonly ParameterExpression _watch = Expression.Parameter(typeof(LineWatch), "watch");
    private readonly ParameterExpression _stop = Expression.Parameter(typeof(CancellationToken), "stop");
    private readonly ParameterExpression _begun = Expression.Variable(typeof(long), "begun");
    private readonly LabelTarget _end = Expression.Label(typeof(int));
    private readonly Dictionary<int, (ParameterExpression Value, ParameterExpression Event)> _signals = [];
    private readonly List<Expression> _body = [];
    private readonly LineHooks _hooks;

    private LineCompiler(LineHooks hooks) => _hooks = hooks;

    /// <summary>By place: the segment that begins there; null where none does.</summary>
    /// <param name="order">The nodes in the order of their calls.</param>
    /// <param name="hooks">What the code tells those who watch.</param>
    public static LineSegment?[] Compile(IReadOnlyList<PlanNode> order, LineHooks hooks)
    {
        var segments = new LineSegment?[order.Count];
        for (var place = 0; place < order.Count;)
        {
            var end = place;
            var compiler = new LineCompiler(hooks);
            while (end < order.Count && end - place < LongestSegment && compiler.TryAdd(order[end], end, end - place))
            {
                end++;
            }

            if (end > place)
            {
                segments[place] = new LineSegment(end, compiler.Finish(end));
            }

            place = Math.Max(end, place + 1);
        }

        return segments;
    }

    private bool TryAdd(PlanNode node, int place, int ticks)
    {
        if (node.Code is not IInlineCode { IsInline: true } code || node.InputArray.Any(input => input.Kind is not (SourceKind.Signal or SourceKind.Input)))
        {
            return false;
        }

        var call = code.Inline((wire, type) => Input(node.InputArray[wire], type));
        var result = call.Value.Type == typeof(void) ? null : Expression.Variable(call.Value.Type);
        var values = call.Signals(result);
        var locals = values.Select(value => Expression.Variable(value.Type)).ToList();
        var events = locals.Select(local => local.Type.IsValueType ? Expression.Variable(typeof(object)) : local).ToList();
        AddCall(node, place, ticks, Expression.Block(
            typeof(void),
            result is null ? [] : [result],
            locals.Select((local, index) => (Expression)Expression.Assign(local, values[index])).Prepend(result is null ? call.Value : Expression.Assign(result, call.Value))));
        AddSuspicion(place, locals);
        for (var index = 0; index < locals.Count; index++)
        {
            var (cell, local, happened) = (node.FirstSignal + index, locals[index], events[index]);
            if (happened != local)
            {
                _body.Add(Expression.Assign(happened, InlineCall.AsEvent(local)));
            }

            _body.Add(Expression.Assign(Value(cell), happened));
            _signals[cell] = (local, happened);
        }

        for (var index = 0; index < events.Count; index++)
        {
            AddHook(LineHooks.Signals, nameof(LineWatch.Emitted), Expression.Constant(node.FirstSignal + index), events[index]);
        }

        foreach (var local in locals.Where(local => local.Type.IsAssignableFrom(typeof(NoEvent))))
        {
            _body.Add(StopIf(Expression.ReferenceEqual(local, Expression.Property(null, typeof(NoEvent), nameof(NoEvent.Value))), place, LineStop.NoEvent));
        }

        return true;
    }

    // Hooks are told within the time of the call: one that takes long is a call that takes long.
    private void AddCall(PlanNode node, int place, int ticks, Expression call)
    {
        var time = Expression.Property(_clock, nameof(CallClock.Time));
        _body.Add(StopIf(Expression.Property(_stop, nameof(CancellationToken.IsCancellationRequested)), place, LineStop.Cancelled));
        _body.Add(Expression.Assign(time, After((2 * ticks) + 1)));
        AddHook(LineHooks.Start, nameof(LineWatch.Started), Expression.Constant(node.Index));
        _body.Add(call);
        AddHook(LineHooks.Finish, nameof(LineWatch.Finished), Expression.Constant(node.Index));
        _body.Add(Expression.Assign(time, After((2 * ticks) + 2)));
    }

    private void AddHook(LineHooks hook, string tells, params Expression[] arguments)
    {
        if ((_hooks & hook) != 0)
        {
            _body.Add(Expression.Call(_watch, tells, null, arguments));
        }
    }

    private void AddSuspicion(int place, IEnumerable<ParameterExpression> given) => _body.Add(Expression.IfThen(
        Expression.Property(_clock, nameof(CallClock.IsSuspected)),
        Expression.Block(
            Expression.Assign(Expression.Property(_clock, nameof(CallClock.Late)), Expression.NewArrayInit(typeof(object), given.Select(InlineCall.AsEvent))),
            Stop(place, LineStop.Suspected))));

    private LineSegment.Calls Finish(int end)
    {
        var body = Expression.Block(
            typeof(int),
            [_begun, .. _signals.Values.SelectMany(signal => new[] { signal.Value, signal.Event }).Distinct()],
            [
                Expression.Assign(_begun, Expression.Property(_clock, nameof(CallClock.Time))),
                .. _body,
                Expression.Label(_end, Expression.Constant((end * LineSegment.Stops) + (int)LineStop.Done)),
            ]);
        return Expression.Lambda<LineSegment.Calls>(body, _cells, _inputs, _clock, _watch, _stop).Compile();
    }

    private Expression Input(PlanInput input, Type type) =>
        input.Kind == SourceKind.Input ? Expression.ArrayIndex(_inputs, Expression.Constant(input.Index))
        : !_signals.TryGetValue(input.Index, out var local) ? Value(input.Index)
        : local.Value.Type == type ? local.Value
        : local.Event;

    private MemberExpression Value(int cell) => Expression.Field(Expression.ArrayAccess(_cells, Expression.Constant(cell)), nameof(SignalCell.Value));

    private BinaryExpression After(int ticks) => Expression.Add(_begun, Expression.Constant((long)ticks));

    private ConditionalExpression StopIf(Expression condition, int place, LineStop stop) => Expression.IfThen(condition, Stop(place, stop));

    private GotoExpression Stop(int place, LineStop stop) => Expression.Return(_end, Expression.Constant((place * LineSegment.Stops) + (int)stop));
}
