using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Tests.Samples;

/// <summary>A tube written in a test, with a runner and what it emitted.</summary>
internal sealed class TubeHarness : IDisposable
{
    private TubeHarness(Tube tube, RunnerOptions options)
    {
        Tube = tube;
        Runner = new SyncRunner(tube, options);
        Runner.AddCallback(Events.Add);
    }

    public static INodeTypes Types { get; } = new NodeTypes([typeof(TubeHarness).Assembly]);

    public Tube Tube { get; }

    public SyncRunner Runner { get; }

    public List<TubeEvent> Events { get; } = [];

    /// <summary>Every event so far, as <c>node.signal@epoch=value</c>; ended epochs as <c>end@epoch</c>.</summary>
    public string[] Told => [.. Events.Select(Text)];

    public static TubeHarness Of(string nodes, RunnerOptions? options = null, TubeOptions? with = null) =>
        new(Build(nodes, with), options ?? new RunnerOptions());

    public static Tube Build(string yaml, TubeOptions? with = null) => Tube.Build(Read(yaml, with?.Library), Types, with);

    public static TubeSpecification Read(string yaml, TubeLibrary? library = null) =>
        TubeReader.FromYaml((yaml.StartsWith("noob_id", StringComparison.Ordinal) ? "" : "noob_id: test\n") + yaml.Replace(" T.", " Sluice.Tubes.Tests.Samples.Nodes.", StringComparison.Ordinal).Replace(" S.", " Sluice.Tubes.Tests.Samples.", StringComparison.Ordinal), "test.yaml", library);

    public static string Mistake(string yaml, TubeOptions? with = null) => Should.Throw<InvalidTubeException>(() => Build(yaml, with)).Message;

    public object? Process(params (string Name, object? Value)[] inputs) =>
        Runner.Process(inputs.ToDictionary(input => input.Name, input => input.Value));

    public string[] TakeTold()
    {
        var told = Told;
        Events.Clear();
        return told;
    }

    public void Dispose() => Runner.Deinit();

    private static string Text(TubeEvent happened) => happened.IsMeta ? $"end@{happened.Epoch}"
        : $"{happened.NodeId}.{happened.Signal}@{happened.Epoch}={Shown(happened.Value)}";

    /// <summary>A value as text: lists in brackets, dictionaries in braces.</summary>
    public static string Shown(object? value) => value switch
    {
        null => "null",
        string text => text,
        IReadOnlyDictionary<string, object?> named => $"{{{string.Join(",", named.Select(pair => $"{pair.Key}:{Shown(pair.Value)}"))}}}",
        System.Collections.IEnumerable items => $"[{string.Join(",", items.Cast<object?>().Select(Shown))}]",
        _ => value.ToString() ?? "",
    };
}
