using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Tests.Binding;

/// <summary>Binds one node as a tube would, and calls it.</summary>
internal sealed class NodeHarness
{
    private readonly NodeCall _call = new(new RunnerContext { RunnerId = "0badcafe", TubeId = "specs" });

    private NodeHarness(INodeCode code) => Code = code;

    public INodeCode Code { get; }

    public static INodeCode Bind(string type, object? parameters = null, params System.Reflection.Assembly[] assemblies) =>
        new NodeTypes(assemblies.Length == 0 ? [typeof(NodeHarness).Assembly] : assemblies).BindNode(type, "node", Params(parameters));

    /// <summary>Wires are slot names; a name that starts with # is a position.</summary>
    public static NodeHarness Of(string type, object? parameters = null, params string[] wires)
    {
        var code = Bind(type, parameters);
        code.Wire([.. wires.Select((wire, i) => wire.StartsWith('#') ? new InputWire(i, null, null) : new InputWire(null, wire, null))]);
        return new NodeHarness(code);
    }

    public async Task<object?[]> AllAsync(params object?[] inputs)
    {
        var results = new object?[Code.Signals.Count];
        _call.Begin(new Epoch(7), CancellationToken.None);
        await Code.CallAsync(inputs, results, _call);
        return results;
    }

    public async Task<object?> OneAsync(params object?[] inputs) => (await AllAsync(inputs)).ShouldHaveSingleItem();

    public static Dictionary<string, object?> Params(object? parameters) =>
        parameters?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(parameters)) ?? [];
}
