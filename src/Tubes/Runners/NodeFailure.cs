using System.Text;
using Sluice.Tubes.Epochs;

namespace Sluice.Tubes.Runners;

/// <summary>What is known about a node's failure.</summary>
/// <param name="Tube">The tube's id.</param>
/// <param name="Node">The node's id.</param>
/// <param name="Epoch">The epoch it failed in.</param>
/// <param name="Inputs">What went in, as text, cut to a readable length.</param>
/// <param name="Cause">What it threw.</param>
public sealed record NodeFailure(string Tube, string Node, Epoch Epoch, string Inputs, Exception Cause)
{
    private const int MaxCharacters = 200;

    /// <inheritdoc/>
    public override string ToString() => $"{Tube}: the node {Node} failed in epoch {Epoch} with {Inputs}: {(Cause is TypeInitializationException { InnerException: { } initialiser } ? initialiser.Message : Cause.Message)}";

    internal static NodeFailure Of(NodeInvocation call, Exception cause)
    {
        var text = new StringBuilder();
        for (var index = 0; index < call.Inputs.Length && text.Length < MaxCharacters; index++)
        {
            text.Append(index == 0 ? "" : ", ").Append(call.Node.Inputs[index].Name).Append('=').Append(Shown(call.Inputs[index]));
        }

        var inputs = text.Length == 0 ? "no inputs" : text.Length > MaxCharacters ? text.ToString(0, MaxCharacters) + "…" : text.ToString();
        return new NodeFailure(call.Frame.Plan.Tube.Id, call.Node.Id, call.Epoch, inputs, cause);
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => $"'{(text.Length > MaxCharacters ? text[..MaxCharacters] : text)}'",
        System.Collections.ICollection collection => $"{collection.Count} items",
        _ => Safely(value),
    };

    private static string Safely(object value)
    {
        try
        {
            return value.ToString() ?? "";
        }
        catch (Exception broken)
        {
            // Only told about; a value that cannot even be shown must not hide what went wrong.
            return $"a {value.GetType().Name} ({broken.Message})";
        }
    }
}
