using System.Reflection;

namespace Sluice.Tubes.Binding.Resolution;

/// <summary>What a type name stands for: a class, or one method of it.</summary>
internal sealed record NodeTarget(Type Type, MethodInfo? Method)
{
    /// <summary>As messages show it: <c>Namespace.Type</c> or <c>Namespace.Type.Method(int, string)</c>.</summary>
    public override string ToString() =>
        Method is null
            ? TypeNames.Full(Type)
            : $"{TypeNames.Full(Type)}.{Method.Name}({string.Join(", ", Method.GetParameters().Select(parameter => TypeNames.Short(parameter.ParameterType)))})";

    /// <summary>The name to write to mean exactly this assembly's.</summary>
    public string Qualified => $"{Type.Assembly.GetName().Name}:{TypeNames.Full(Type)}{(Method is null ? "" : "." + Method.Name)}";
}
