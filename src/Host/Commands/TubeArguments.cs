using System.CommandLine;
using System.Text.Json;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;
using Sluice.Tubes.Binding.Conversion;

namespace Sluice.Host.Commands;

/// <summary>What every command about a tube asks for.</summary>
internal sealed class TubeArguments
{
    private readonly Argument<string> _tube = new("tube") { Description = "A tube's YAML file, or its id when --tubes says where to look." };

    private readonly Option<string[]> _nodes = new("--nodes")
    {
        Description = "Node code beside nodes.cs: a .dll, a .cs file or a .csproj. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _folders = new("--tubes")
    {
        Description = "A folder where tubes are looked up by id. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _inputs = new("--input")
    {
        Description = "A tube input as name=value; the value is JSON if it parses, else text. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_tube);
        command.Options.Add(_inputs);
        command.Options.Add(_nodes);
        command.Options.Add(_folders);
    }

    /// <exception cref="UsageException">An input is not of the form name=value.</exception>
    public TubeReference Read(ParseResult parsed) =>
        new(parsed.GetRequiredValue(_tube), parsed.GetValue(_nodes) ?? [], parsed.GetValue(_folders) ?? [], Inputs(parsed.GetValue(_inputs) ?? []));

    private static Dictionary<string, object?> Inputs(string[] given)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var input in given)
        {
            var equals = input.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new UsageException($"--input {input} has no name: write --input name=value.");
            }

            inputs[input[..equals]] = JsonOrText(input[(equals + 1)..]);
        }

        return inputs;
    }

    private static object? JsonOrText(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonValues.ToPlain(json);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
