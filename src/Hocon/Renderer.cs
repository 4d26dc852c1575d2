using System.Text;

namespace Sluice.Hocon;

/// <summary>Writes a resolved configuration as HOCON.</summary>
internal sealed class Renderer(bool origins, bool secrets)
{
    private readonly StringBuilder _text = new();

    public static string Render(HoconObject root, bool origins, bool secrets)
    {
        var renderer = new Renderer(origins, secrets);
        renderer.Fields(root, indent: 0);
        return renderer._text.ToString();
    }

    private void Fields(HoconObject fields, int indent)
    {
        foreach (var (key, field) in fields.Fields)
        {
            Indent(indent).Append(Quoting.OfKey(key)).Append(field is HoconObject ? " " : " = ");
            Value(field, secrets || !Secrets.IsSecret(key), indent);
            EndLine(field);
        }
    }

    private void Value(HoconValue value, bool open, int indent)
    {
        switch (value)
        {
            case HoconObject fields:
                _text.Append("{\n");
                Fields(fields, indent + 1);
                Indent(indent).Append('}');
                break;
            case HoconArray { Items.Count: 0 }:
                _text.Append("[]");
                break;
            case HoconArray list:
                List(list, open, indent);
                break;
            case HoconScalar { Kind: ScalarKind.Text } text:
                _text.Append(Quoting.OfText(open ? (secrets ? text.Text : Secrets.WithoutUserInfo(text.Text)) : Secrets.Hidden));
                break;
            case HoconScalar scalar:
                _text.Append(open || scalar.Kind == ScalarKind.Null ? scalar.Text : Quoting.OfText(Secrets.Hidden));
                break;
        }
    }

    private void List(HoconArray list, bool open, int indent)
    {
        _text.Append("[\n");
        foreach (var item in list.Items)
        {
            Indent(indent + 1);
            Value(item, open, indent + 1);
            EndLine(item);
        }

        Indent(indent).Append(']');
    }

    private void EndLine(HoconValue value) =>
        _text.Append(origins && value is HoconScalar ? $"  # {value.Origin.ToString().ReplaceLineEndings(" ")}" : "").Append('\n');

    private StringBuilder Indent(int indent) => _text.Append(' ', indent * 2);
}
