namespace Sluice.Tubes.Binding;

/// <summary>Types as people write them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(short)] = "short",
        [typeof(void)] = "void",
    };

    /// <summary>The name that a tube writes: namespace and type, dots for nesting.</summary>
    public static string Full(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    /// <summary>The name in C#, without namespaces: <c>List&lt;int&gt;</c>.</summary>
    public static string Short(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray && type.GetElementType() is { } element)
        {
            return Short(element) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Short(underlying) + "?";
        }

        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>";
    }
}
