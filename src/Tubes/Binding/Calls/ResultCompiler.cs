using System.Linq.Expressions;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>The expressions that write a returned value into the results, one per signal.</summary>
internal sealed class ResultCompiler(string nodeId, ResultShape shape)
{
    private static readonly Expression True = Expression.Constant(true, typeof(object));
    private static readonly Expression False = Expression.Constant(false, typeof(object));

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
        var writes = shape.Elements.Select((element, i) => Set(results, i, ToEvent(element.Path.Aggregate((Expression)whole, Expression.Field))));
        return Expression.Block(typeof(void), [whole], writes.Prepend(Expression.Assign(whole, value)));
    }

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

    private static Expression ToEvent(Expression value)
    {
        if (value.Type == typeof(bool))
        {
            return Expression.Condition(value, True, False); // no box per call
        }

        return typeof(IMaybe).IsAssignableFrom(value.Type)
            ? Expression.Call(value, nameof(Maybe<>.ToEvent), null)
            : Expression.Convert(value, typeof(object));
    }
}
