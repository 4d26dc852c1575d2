using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Tests.Binding.Samples;

namespace Sluice.Tubes.Tests.Binding;

[Collection(nameof(Accumulator))]
public class DisposalSpecs
{
    [Fact]
    public async Task A_node_is_disposed_with_its_tube_and_not_before()
    {
        var specification = TubeReader.FromYaml("""
            tube: specs
            nodes:
              a:
                type: Functions.Add
                params: { left: 1 }
              b:
                type: Accumulator
                params: { start: 1 }
                depends: [{ value: a.value }]
            """);
        Accumulator.Log.Clear();

        await using (var tube = Tube.Build(specification, new NodeTypes([typeof(Accumulator).Assembly])))
        {
            await using (var runner = new SyncRunner(tube))
            {
                await runner.RunAsync(2);
            }

            Accumulator.Log.ShouldBe(["init specs", "deinit"]);
        }

        Accumulator.Log.ShouldBe(["init specs", "deinit", "dispose"]);
    }
}
