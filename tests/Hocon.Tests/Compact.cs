namespace Sluice.Hocon.Tests;

/// <summary>Writes a value in one line, texts in single quotes, so that a test shows what it expects.</summary>
internal static class Compact
{
    public static string Of(HoconValue value) => value switch
    {
        HoconObject fields => $"{{{string.Join(',', fields.Fields.Select(field => $"{field.Key}:{Of(field.Value)}"))}}}",
        HoconArray list => $"[{string.Join(',', list.Items.Select(Of))}]",
        HoconScalar { Kind: ScalarKind.Text } text => $"'{text.Text}'",
        _ => value.ToString() ?? "",
    };
}
