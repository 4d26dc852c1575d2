using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>Turns a method, its wires and its params into one delegate: nothing is looked up, and no reflection happens, when it is called.</summary>
internal sealed class CallCompiler(string nodeId, MethodInfo method, object? instance, ResultShape shape)
{
    private readonly ParameterExpression _inputs = Expression.Parameter(typeof(object[]), "inputs");
    private readonly ParameterExpression _results = Expression.Parameter(typeof(object[]), "results");
    private readonly ParameterExpression _call = Expression.Parameter(typeof(NodeCall), "call");
    private readonly ParameterExpression _stop = Expression.Parameter(typeof(CancellationToken), "stop");
    private readonly ResultCompiler _result = new(nodeId, shape);

    public ICallCode Compile(WireMap map, IReadOnlyList<InputWire> wires, IReadOnlyList<ProcessParameter> parameters)
    {
        var arguments = new ArgumentCompiler(nodeId, map, wires, (wire, _) => Expression.ArrayIndex(_inputs, Expression.Constant(wire)), _inputs, _call);
        var invocation = Expression.Call(Instance(), method, parameters.Select(parameter => Argument(arguments, parameter)));
        return shape.Flow switch
        {
            ResultFlow.Plain => Plain(invocation),
            ResultFlow.Sequence => Create(typeof(SequenceCall<>), typeof(IEnumerator<>), Enumerator(invocation)),
            ResultFlow.AsyncSequence => Create(typeof(AsyncSequenceCall<>), typeof(IAsyncEnumerator<>), AsyncEnumerator(invocation), _stop),
            _ when shape.ValueType == typeof(void) => new AwaitedVoidCall(
                Expression.Lambda<Func<object?[], NodeCall, ValueTask>>(AsValueTask(invocation, typeof(ValueTask)), _inputs, _call).Compile()),
            _ => Awaited(AsValueTask(invocation, typeof(ValueTask<>).MakeGenericType(shape.ValueType))),
        };
    }

    /// <summary>Whether the call can be part of a larger method: not when it waits, or asks for more than its arguments.</summary>
    public bool IsInline(IReadOnlyList<ProcessParameter> parameters) =>
        shape is { Elements: not null, Flow: ResultFlow.Plain or ResultFlow.Sequence } && parameters.All(parameter => parameter.IsArgument);

    /// <summary>The call with its arguments taken from elsewhere; otherwise as for <see cref="Compile"/>, which gave the code.</summary>
    public InlineCall Inline(ICallCode code, WireMap map, IReadOnlyList<InputWire> wires, IReadOnlyList<ProcessParameter> parameters, Func<int, Type, Expression> input)
    {
        if (shape.IsSource)
        {
            var none = Expression.Constant(null, typeof(NodeCall));
            return Whole(Expression.Call(Expression.Constant(code), nameof(SequenceCall<>.Next), null, Expression.Constant(Array.Empty<object?>()), none));
        }

        var arguments = new ArgumentCompiler(nodeId, map, wires, input, _inputs, _call);
        return Whole(Expression.Call(Instance(), method, parameters.Select(parameter => Argument(arguments, parameter))));
    }

    private InlineCall Whole(Expression invocation) =>
        new(invocation, whole => whole is null ? [Expression.Constant(null)] : _result.Parts(whole) ?? throw new InvalidOperationException($"The results of `{nodeId}` have no shape."));

    /// <summary>A struct is called in its box, so that it can keep state.</summary>
    private UnaryExpression? Instance() =>
        instance is null ? null
        : method.DeclaringType is { IsValueType: true } type ? Expression.Unbox(Expression.Constant(instance, typeof(object)), type)
        : Expression.Convert(Expression.Constant(instance), method.DeclaringType ?? instance.GetType());

    private Expression Argument(ArgumentCompiler arguments, ProcessParameter parameter) =>
        shape.Flow == ResultFlow.AsyncSequence && parameter.DeclaredType == typeof(CancellationToken) ? _stop : arguments.Compile(parameter);

    private PlainCall Plain(Expression invocation)
    {
        var body = Expression.Block(typeof(void), _result.Write(invocation, _results));
        return new PlainCall(Expression.Lambda<Action<object?[], object?[], NodeCall>>(body, _inputs, _results, _call).Compile());
    }

    private static Expression AsValueTask(Expression task, Type valueTask) =>
        task.Type == valueTask
            ? task
            : Expression.New(valueTask.GetConstructor([task.Type]) ?? throw new MissingMethodException(valueTask.Name, ".ctor"), task);

    private ICallCode Awaited(Expression task)
    {
        var code = Expression.Lambda(typeof(Func<,,>).MakeGenericType(typeof(object[]), typeof(NodeCall), task.Type), task, _inputs, _call).Compile();
        return Instantiate(typeof(AwaitedCall<>), code, _result.Writer(shape.ValueType));
    }

    private static Expression Enumerator(Expression sequence) =>
        sequence.Type == typeof(IEnumerable) ? Untyped(Expression.Call(sequence, nameof(IEnumerable.GetEnumerator), null))
        : sequence.Type == typeof(IEnumerator) ? Untyped(sequence)
        : typeof(IEnumerable).IsAssignableFrom(sequence.Type) ? Expression.Call(sequence, nameof(IEnumerable<>.GetEnumerator), null)
        : sequence;

    private Expression AsyncEnumerator(Expression sequence) =>
        sequence.Type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            ? Expression.Call(sequence, nameof(IAsyncEnumerable<>.GetAsyncEnumerator), null, _stop)
            : sequence;

    private static MethodCallExpression Untyped(Expression enumerator) => Expression.Call(typeof(CallCompiler), nameof(Elements), null, enumerator);

    private static IEnumerator<object?> Elements(IEnumerator elements)
    {
        while (elements.MoveNext())
        {
            yield return elements.Current;
        }
    }

    private ICallCode Create(Type callCode, Type enumerator, Expression start, params ParameterExpression[] more)
    {
        var type = enumerator.MakeGenericType(shape.ValueType);
        ParameterExpression[] parameters = [_inputs, _call, .. more];
        var function = Expression.GetFuncType([.. parameters.Select(parameter => parameter.Type), type]);
        return Instantiate(callCode, nodeId, Expression.Lambda(function, Expression.Convert(start, type), parameters).Compile(), _result.Writer(shape.ValueType));
    }

    private ICallCode Instantiate(Type callCode, params object[] arguments) =>
        (ICallCode)(Activator.CreateInstance(callCode.MakeGenericType(shape.ValueType), arguments) ?? throw new MissingMethodException(callCode.Name, ".ctor"));
}
