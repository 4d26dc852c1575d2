using System.Linq.Expressions;

namespace Sluice.Tubes.Binding;

/// <summary>One call of a node as an expression.</summary>
/// <param name="Value">Makes the call; of type void when it gives nothing.</param>
/// <param name="Signals">From the variable that holds what it gave (null for void): one value per signal, of the type that is known.</param>
internal sealed record InlineCall(Expression Value, Func<ParameterExpression?, IReadOnlyList<Expression>> Signals)
{
    private static readonly Expression True = Expression.Constant(true, typeof(object));
    private static readonly Expression False = Expression.Constant(false, typeof(object));

    /// <summary>A value as an event has it.</summary>
    public static Expression AsEvent(Expression value) =>
        value.Type == typeof(bool) ? Expression.Condition(value, True, False) // no box per call
        : value.Type == typeof(object) ? value
        : Expression.Convert(value, typeof(object));
}
