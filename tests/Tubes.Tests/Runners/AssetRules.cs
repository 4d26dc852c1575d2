using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Sections 0 and H of the specification: assets.</summary>
public class AssetRules
{
    [Theory]
    [InlineData("runner", "1,2,3", "A.made, A.disposed")]
    [InlineData("process", "1,1,1", "A.made, A.disposed, A.made, A.disposed, A.made, A.disposed")]
    [InlineData("node", "1,1,1", "A.made, A.disposed, A.made, A.disposed, A.made, A.disposed")]
    public void Rule_0_11_an_asset_is_made_once_per_scope_entry(string scope, string lines, string life)
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of($$"""
            assets:
              book: { type: S.Notebook, scope: {{scope}}, params: { name: A } }
            nodes:
              a: { type: T.Count }
              w: { type: S.Notebooks.Write, depends: [{ book: assets.book }, { value: a.value }] }
              r: { type: return, depends: w.value }
            """);

        string.Join(",", tube.Runner.Run(3)!).ShouldBe(lines);
        string.Join(", ", log).ShouldBe(life);
    }

    [Fact]
    public void A_node_scoped_asset_that_no_node_takes_is_never_made()
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of("""
            assets:
              n: { type: S.Notebook, scope: node, params: { name: N } }
              p: { type: S.Notebook, scope: process, params: { name: P } }
            nodes:
              a: { type: T.Count }
            """);

        tube.Process();
        log.ShouldBe(["P.made", "P.disposed"]);
    }

    [Fact]
    public void Rule_0_11_null_is_passed_as_null()
    {
        using var tube = TubeHarness.Of("""
            assets:
              none: { type: S.Notebooks.Nothing, scope: runner }
            nodes:
              a: { type: S.Notebooks.IsNull, depends: [{ asset: assets.none }] }
              r: { type: return, depends: a.value }
            """);

        tube.Process().ShouldBe(true);
    }

    [Fact]
    public void A_stored_signal_is_the_asset_of_the_next_epoch()
    {
        using var tube = TubeHarness.Of("""
            assets:
              list: { type: S.Notebooks.NewList, scope: runner, depends: b.value }
            nodes:
              a: { type: T.Count }
              b: { type: S.Notebooks.Append, depends: [{ list: assets.list }, { value: a.value }] }
            """);

        tube.Process();
        tube.Process();
        tube.Runner.Assets["list"].ShouldBe(new List<int> { 0, 1 });
        tube.Runner.Deinit();
        tube.Runner.Assets["list"].ShouldBeNull();
    }

    [Fact]
    public void A_stored_signal_that_others_take_is_copied()
    {
        using var tube = TubeHarness.Of("""
            assets:
              list: { type: S.Notebooks.NewList, scope: runner, depends: b.value }
            nodes:
              a: { type: T.Count }
              b: { type: S.Notebooks.Push, depends: [{ list: assets.list }, { value: a.value }] }
              c: { type: S.Notebooks.Push, depends: [{ list: b.value }, { value: a.value }] }
            """);

        tube.Process();
        tube.Runner.Assets["list"].ShouldBe(new List<int> { 0 });
    }

    [Fact]
    public void Rule_0_11_a_node_may_not_take_an_asset_as_late_as_it_is_stored() => TubeHarness.Mistake("""
        assets:
          list: { type: S.Notebooks.NewList, scope: runner, depends: b.value }
        nodes:
          a: { type: T.Count }
          b: { type: S.Notebooks.Append, depends: [{ list: assets.list }, { value: a.value }] }
          c: { type: S.Notebooks.Append, depends: [{ list: assets.list }, { value: a.value }] }
        """).ShouldContain("nodes.c.depends: c takes the asset list, which b.value replaces in the same step or before");

    [Fact]
    public void Rule_0_11_the_storing_node_must_exist() => TubeHarness.Mistake("""
        assets:
          list: { type: S.Notebooks.NewList, scope: runner, depends: bb.value }
        nodes:
          b: { type: T.Count }
        """).ShouldContain("assets.list.depends: list depends on node bb, which does not exist. Did you mean b?");
}
