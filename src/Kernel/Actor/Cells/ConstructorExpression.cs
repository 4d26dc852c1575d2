using System.Linq.Expressions;
using System.Reflection;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Reads <c>() => new T(…)</c>: the type and the values that the arguments have now.</summary>
internal static class ConstructorExpression
{
    public static (Type Type, object?[] Arguments) Read(LambdaExpression factory) => factory.Body is NewExpression creation
        ? (creation.Type, [.. creation.Arguments.Select(Evaluate)])
        : throw new ArgumentException(
            $"Props.Create takes '() => new SomeActor(...)', not '{factory}': for anything else use Props.CreateBy with a producer.");

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member =>
            field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        MemberExpression { Member: PropertyInfo property } member =>
            property.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        _ => Expression.Lambda(expression).Compile(preferInterpretation: true).DynamicInvoke(),
    };
}
