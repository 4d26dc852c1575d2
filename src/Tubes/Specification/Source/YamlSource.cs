using Sluice.Tubes.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tubes.Specification.Source;

/// <summary>Reads YAML text, keeping where everything stands.</summary>
internal static class YamlSource
{
    public static SourceMap Read(string text, string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException broken)
        {
            throw Invalid(broken, text, file);
        }

        if (stream.Documents.Count == 0)
        {
            throw new InvalidTubeException(new SourcePosition(file, 1, 1), "", "the file is empty; a tube is a mapping of keys such as tube and nodes.");
        }

        if (stream.Documents.Count != 1)
        {
            throw new InvalidTubeException(
                new SourcePosition(file, 1, 1), "", $"a tube file holds one YAML document, this one holds {stream.Documents.Count}.");
        }

        return Convert(stream.Documents[0].RootNode, file) as SourceMap
            ?? throw new InvalidTubeException(new SourcePosition(file, 1, 1), "", "a tube is a mapping of keys such as tube and nodes.");
    }

    private static InvalidTubeException Invalid(YamlException broken, string text, string file)
    {
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, line => line[..^line.TrimStart().Length].Contains('\t', StringComparison.Ordinal));
        if (tab >= 0 && broken.Message.Contains("tab", StringComparison.Ordinal))
        {
            return new InvalidTubeException(new SourcePosition(file, tab + 1, 1), "", "this line begins with a tab, which YAML does not allow; indent it with spaces.", broken);
        }

        if (broken is AnchorNotFoundException)
        {
            var anchor = broken.Message.Split('\'').ElementAtOrDefault(1) ?? "";
            var line = Math.Max(0, Array.FindIndex(lines, line => line.Contains($"*{anchor}", StringComparison.Ordinal)));
            return new InvalidTubeException(
                new SourcePosition(file, line + 1, Math.Max(0, lines[line].IndexOf($"*{anchor}", StringComparison.Ordinal)) + 1), "",
                $"*{anchor} stands for what is marked &{anchor}, and nothing is; mark it, or write text that begins with * in quotes.", broken);
        }

        return new InvalidTubeException(
            At(file, broken.Start), "",
            broken.Message.Contains("Duplicate key ", StringComparison.Ordinal)
                ? $"the key {broken.Message.Split("Duplicate key ")[1].TrimEnd('.')} is there already; rename or remove one of the two."
                : $"this is not valid YAML: {Sentence(broken)}",
            broken);
    }

    private static SourceNode Convert(YamlNode node, string file)
    {
        var position = At(file, node.Start);
        return node switch
        {
            YamlScalarNode scalar => Scalar(scalar, position),
            YamlSequenceNode list => new SourceList(position, [.. list.Children.Select(item => Convert(item, file))]),
            YamlMappingNode map => new SourceMap(position, map.Children.Select(pair => Entry(pair.Key, pair.Value, file))),
            _ => throw new InvalidTubeException(position, "", "this kind of YAML value cannot be used in a tube."),
        };
    }

    private static SourceEntry Entry(YamlNode key, YamlNode value, string file) => new(
        (key as YamlScalarNode)?.Value ?? throw new InvalidTubeException(At(file, key.Start), "", "a key must be a single word."),
        At(file, key.Start),
        Convert(value, file));

    private static SourceScalar Scalar(YamlScalarNode scalar, SourcePosition position)
    {
        var text = scalar.Value ?? "";
        var isText = scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value.EndsWith("str", StringComparison.Ordinal));
        return new SourceScalar(position, isText ? text : YamlScalars.Read(text), text);
    }

    private static SourcePosition At(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private static string Sentence(YamlException broken)
    {
        var message = broken.Message.Trim();
        var end = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = (end < 0 ? message : message[(end + 3)..]).ReplaceLineEndings(" ");
        return message.EndsWith('.') ? message : message + ".";
    }
}
