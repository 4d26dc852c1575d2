using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Sluice.Tubes;
using Sluice.Tubes.Epochs;

namespace Sluice.Testing.Nodes.Python;

/// <summary>Values as Python's <c>repr</c> writes them: the expected texts come from there.</summary>
public static class PythonText
{
    public static string Repr(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        NoEvent => "<MetaSignal.NoEvent: '__META__NoEvent'>",
        string text => Quote(text),
        char letter => Quote(letter.ToString()),
        double number => Real(number),
        float number => Real(number),
        Epoch epoch => epoch.IsRoot ? epoch.ToString() : $"'{epoch}'",
        ITuple tuple => Tuple([.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])]),
        object?[] tuple => Tuple(tuple), // what stands for a Python list is a List
        IDictionary dictionary => "{" + string.Join(", ", Entries(dictionary)) + "}",
        IEnumerable set when IsSet(set) => Set(set),
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Repr)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>As <c>str</c>: texts as they are, everything else as its repr.</summary>
    public static string Str(object? value) => value as string ?? Repr(value);

    private static bool IsSet(object value) => value.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));

    private static string Set(IEnumerable set)
    {
        var items = set.Cast<object?>().Select(Repr).ToList();
        return items.Count == 0 ? "set()" : "{" + string.Join(", ", items) + "}";
    }

    private static string Tuple(object?[] items)
    {
        var texts = string.Join(", ", items.Select(Repr));
        return items.Length == 1 ? $"({texts},)" : $"({texts})";
    }

    private static IEnumerable<string> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return $"{Repr(entry.Key)}: {Repr(entry.Value)}";
        }
    }

    /// <summary>The shortest digits that give the number back; a point or an exponent always shows.</summary>
    private static string Real(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var magnitude = Math.Abs(number);
        if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e16))
        {
            var scientific = number.ToString("E16", CultureInfo.InvariantCulture);
            var shortest = number.ToString("R", CultureInfo.InvariantCulture);
            var digits = shortest.Contains('E', StringComparison.Ordinal) ? shortest[..shortest.IndexOf('E', StringComparison.Ordinal)] : shortest.TrimEnd('0').TrimEnd('.');
            var exponent = int.Parse(scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            return $"{Mantissa(digits)}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}";
        }

        var text = decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && magnitude != 0
            ? plain.ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Mantissa(string digits)
    {
        var sign = digits.StartsWith('-') ? "-" : "";
        var figures = digits.TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return sign + (figures.Length <= 1 ? figures : figures[..1] + "." + figures[1..]);
    }

    /// <summary>Single quotes, unless the text has some and no double ones.</summary>
    private static string Quote(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var letter in text)
        {
            quoted.Append(letter switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when letter == quote => "\\" + letter,
                < ' ' or '\x7f' => $"\\x{(int)letter:x2}",
                _ => letter.ToString(),
            });
        }

        return quoted.Append(quote).ToString();
    }
}
