using System.Text;

namespace Sluice.Exporters.Sinks;

/// <summary>
/// A text with places for what an item says: <c>quakes-{region}</c>. A place is an argument's name, or <c>key</c>, <c>pool</c>, <c>tube</c>,
/// <c>run</c>, <c>node</c> or <c>epoch</c>; <c>{{</c> and <c>}}</c> stand for the braces themselves.
/// </summary>
internal sealed class ItemTemplate
{
    private readonly List<(string Text, bool IsPlace)> _parts;

    private ItemTemplate(List<(string, bool)> parts) => _parts = parts;

    /// <exception cref="SinkSettingsException">A brace has no partner.</exception>
    public static ItemTemplate Parse(string text, string sink, string key)
    {
        var parts = new List<(string, bool)>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
            }
            else if (text[i] == '{' && text.IndexOf('}', i) is var end and > 0)
            {
                parts.Add((literal.ToString(), false));
                parts.Add((text[(i + 1)..end], true));
                literal.Clear();
                i = end;
            }
            else if (text[i] is '{' or '}')
            {
                throw new SinkSettingsException(sink, key, $"'{text}' has a brace without a partner; write a place as {{name}}, a brace as {{{{.");
            }
            else
            {
                literal.Append(text[i]);
            }
        }

        parts.Add((literal.ToString(), false));
        return new ItemTemplate(parts);
    }

    /// <summary>The text for an item.</summary>
    /// <param name="item">What fills the places.</param>
    /// <param name="missing">The place that the item says nothing about, when null is returned.</param>
    public string? Fill(SinkItem item, out string? missing)
    {
        missing = null;
        if (_parts is [(var only, false)])
        {
            return only;
        }

        var text = new StringBuilder();
        foreach (var (part, isPlace) in _parts)
        {
            if (isPlace && ValueOf(item, part) is not { } value)
            {
                missing = part;
                return null;
            }
            else
            {
                text.Append(isPlace ? ValueOf(item, part) : part);
            }
        }

        return text.ToString();
    }

    private static string? ValueOf(SinkItem item, string place) => item.Arguments.GetValueOrDefault(place) ?? place switch
    {
        "key" => item.Key,
        "pool" => item.Origin?.Pool,
        "tube" => item.Origin?.Tube,
        "run" => item.Origin?.Run,
        "node" => item.Origin?.Node,
        "epoch" => item.Origin?.Epoch,
        _ => null,
    };
}
