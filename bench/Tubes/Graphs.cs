using System.Text;
using Sluice.Actors.Tubes;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Bench;

/// <summary>The tubes that are measured, on our runners.</summary>
internal static class Graphs
{
    private static readonly NodeTypes s_types = new([typeof(Steps).Assembly, typeof(Sluice.Testing.Nodes.Noob.Functions).Assembly]);

    private static readonly Lazy<ActorSystem> s_system = new(() => ActorSystem.Create("bench"));

    public static string Chain(int length)
    {
        var yaml = new StringBuilder("noob_id: chain\nnodes:\n  n0: { type: Sluice.Tubes.Bench.Steps.Source }\n");
        for (var index = 1; index <= length; index++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"  n{index}: {{ type: Sluice.Tubes.Bench.Steps.Same, depends: n{index - 1}.value }}\n");
        }

        return yaml.ToString();
    }

    public static string Fan(int width)
    {
        var yaml = new StringBuilder("noob_id: fan\nnodes:\n  n0: { type: Sluice.Tubes.Bench.Steps.Source }\n");
        for (var index = 1; index <= width; index++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"  n{index}: {{ type: Sluice.Tubes.Bench.Steps.Same, depends: n0.value }}\n");
        }

        return yaml.ToString();
    }

    public static Contender Sync(string yaml) => Sync(() => TubeReader.FromYaml(yaml));

    /// <summary>Sources that end are begun anew: the test tubes count to 10,000.</summary>
    public static Contender Sync(Func<TubeSpecification> specification) => new("SyncRunner", async epochs =>
    {
        for (var done = 0; done < epochs;)
        {
            await using var runner = new SyncRunner(Tube.Build(specification(), s_types));
            done += await RunAsync(runner, epochs - done);
        }
    });

    public static Contender Async(string yaml) => Async(() => TubeReader.FromYaml(yaml));

    /// <summary>Node actors, epochs in flight, one caller that takes every epoch.</summary>
    public static Contender Async(Func<TubeSpecification> specification) => new("AsyncRunner", async epochs =>
    {
        for (long done = 0; done < epochs;)
        {
            await using var runner = AsyncRunner.Start(s_system.Value, Tube.Build(specification(), s_types));
            await foreach (var _ in runner.EpochsAsync(epochs - done))
            {
                done++;
            }
        }
    });

    private static async Task<int> RunAsync(SyncRunner runner, int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            try
            {
                await runner.ProcessAsync();
            }
            catch (EndOfSourceException)
            {
                return epoch;
            }
        }

        return epochs;
    }
}
