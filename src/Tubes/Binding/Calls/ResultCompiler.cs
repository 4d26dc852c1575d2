using System.Linq.Expressions;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>The expressions that write a returned value into the results, one per signal.</summary>
internal sealed class ResultCompiler(string nodeId, ResultShape shape)
{
    /// <summary>Writes <paramref name="value"/>, which is evaluated once.</summary>
    public Expression Write(Expression value, ParameterExpression results)
    {
        if (value.Type == typeof(void))
        {
            return Expression.Block(value, Set(results, 0, Expression.Constant(null)));
        }

        if (shape.Elements is null)
        {
            var splitter = Expression.Constant(new ResultSplitter(nodeId, shape.Signals));
            return Expression.Call(splitter, ResultSplitter.SplitMethod, Expression.Convert(value, typeof(object)), results);
        }

        if (shape.Elements is [{ Path.Count: 0 }])
        {
            return Set(results, 0, ToEvent(value));
        }

        var whole = Expression.Variable(value.Type);
        return Expression.Block(typeof(void), [whole], Parts(whole)!.Select((part, i) => Set(results, i, ToEvent(part))).Prepend(Expression.Assign(whole, value)));
    }

    /// <summary>One value per signal, taken from a variable, of the type that is known; null when that takes more than an expression.</summary>
    public IReadOnlyList<Expression>? Parts(Expression whole) =>
        shape.Elements is { } elements ? [.. elements.Select(element => Bare(element.Path.Aggregate(whole, Expression.Field)))] : null;

    /// <summary>A delegate that writes a value that comes later or again.</summary>
    public Delegate Writer(Type type)
    {
        var value = Expression.Parameter(type);
        var results = Expression.Parameter(typeof(object[]));
        var action = typeof(Action<,>).MakeGenericType(type, typeof(object[]));
        return Expression.Lambda(action, Expression.Block(typeof(void), Write(value, results)), value, results).Compile();
    }

    private static BinaryExpression Set(ParameterExpression results, int index, Expression value) =>
        Expression.Assign(Expression.ArrayAccess(results, Expression.Constant(index)), value);

    private static Expression ToEvent(Expression value) => InlineCall.AsEvent(Bare(value));

    /// <summary>Without the wrapper of a value that may be missing.</summary>
    private static Expression Bare(Expression value) =>
        typeof(IMaybe).IsAssignableFrom(value.Type) ? Expression.Call(value, nameof(Maybe<>.ToEvent), null) : value;
}
