using System.Reflection;

namespace Sluice.Tubes.Travel;

// A name as PlainTypes has it, or the full name of a type of the code's own assembly; or one of these over others:
//   array(T)  list(T)  set(T)  map(K,V)  tuple(T,…)  maybe(T)

/// <summary>Writes and reads the names of types whose values travel. Reading gives nothing but what this grammar and one assembly have.</summary>
internal static class TypeExpression
{
    private const int Deepest = 16;

    private static readonly (string Word, Type Definition)[] s_words =
    [
        ("list", typeof(List<>)), ("set", typeof(HashSet<>)), ("map", typeof(Dictionary<,>)), ("maybe", typeof(Nullable<>)),
        ("tuple", typeof(ValueTuple<>)), ("tuple", typeof(ValueTuple<,>)), ("tuple", typeof(ValueTuple<,,>)), ("tuple", typeof(ValueTuple<,,,>)),
        ("tuple", typeof(ValueTuple<,,,,>)), ("tuple", typeof(ValueTuple<,,,,,>)), ("tuple", typeof(ValueTuple<,,,,,,>)),
    ];

    public static string Write(Type type)
    {
        if (PlainTypes.NameOf(type) is { } plain)
        {
            return plain;
        }

        if (type.IsArray)
        {
            return $"array({Write(type.GetElementType()!)})";
        }

        return type.IsGenericType && Array.Find(s_words, entry => entry.Definition == type.GetGenericTypeDefinition()) is { Word: { } word }
            ? $"{word}({string.Join(',', type.GetGenericArguments().Select(Write))})"
            : type.FullName!;
    }

    /// <exception cref="FormatException">This names no type here.</exception>
    public static Type Read(string text, Assembly? assembly)
    {
        var rest = text.AsSpan();
        var type = Read(ref rest, assembly, 0);
        return rest.IsEmpty ? type : throw Unknown(text);
    }

    private static Type Read(ref ReadOnlySpan<char> rest, Assembly? assembly, int depth)
    {
        var end = rest.IndexOfAny("(,)");
        var word = (end < 0 ? rest : rest[..end]).ToString();
        rest = end < 0 ? [] : rest[end..];
        if (rest.IsEmpty || rest[0] != '(')
        {
            return PlainTypes.TypeOf(word) ?? (word.Length > 0 ? assembly?.GetType(word) : null) ?? throw Unknown(word);
        }

        var arguments = new List<Type>();
        do
        {
            rest = rest[1..];
            arguments.Add(depth < Deepest ? Read(ref rest, assembly, depth + 1) : throw Unknown(word));
        }
        while (!rest.IsEmpty && rest[0] == ',');

        rest = !rest.IsEmpty && rest[0] == ')' ? rest[1..] : throw Unknown(word);
        return Make(word, arguments);
    }

    private static Type Make(string word, List<Type> arguments)
    {
        if (word == "array" && arguments.Count == 1)
        {
            return arguments[0].MakeArrayType();
        }

        var definition = Array.Find(s_words, entry => entry.Word == word && entry.Definition.GetGenericArguments().Length == arguments.Count).Definition ?? throw Unknown(word);
        try
        {
            return definition.MakeGenericType([.. arguments]);
        }
        catch (ArgumentException unfit)
        {
            throw new FormatException($"'{word}' cannot be made of {string.Join(", ", arguments)}.", unfit);
        }
    }

    private static FormatException Unknown(string name) => new($"'{name}' is no type of a value that travels.");
}
