using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Specification;

/// <summary>What a specification may look like, and what is said when it does not.</summary>
public class FormSpecs
{
    [Fact]
    public void Everything_that_can_be_written_is_read()
    {
        var tube = TubeReader.FromYaml("""
            noob_id: my-tube/1#a
            noob_model: noob.tube.TubeSpecification
            noob_version: "1.0"
            description: A tube.
            on-error: skip-epoch
            placement: { role: gpu }
            input:
              x: { type: int, scope: process, default: null, required: false, description: an x }
              y: { type: str }
            assets:
              log: { type: Some.Log, scope: runner, depends: a.value, params: [1, two], description: an asset }
            nodes:
              a: { type: Some.Method, params: { n: 1, f: 1.5, s: text, l: [1, ~], b: yes }, enabled: input.y, stateful: true, description: a node }
              b: { type: Some.Method, depends: [a.value, { slot: input.x }, assets.log], on-error: "retry(3, 100ms)", placement: round-robin, partition-by: slot }
              c: { type: return, depends: b.value }
            """);

        (tube.Id, tube.Version, tube.Description).ShouldBe(("my-tube/1#a", "1.0", "A tube."));
        tube.Placement.ShouldBe(new Placement.Role("gpu"));
        tube.OnError.ShouldBeOfType<ErrorPolicy.SkipEpoch>();
        var x = tube.Inputs[0];
        (x.Id, x.Scope, x.HasDefault, x.Default, x.Required).ShouldBe(("x", InputScope.Process, true, null, false));
        tube.Inputs[1].Scope.ShouldBe(InputScope.Tube);
        tube.Assets[0].Params["1"].ShouldBe("two");
        tube.Assets[0].Depends!.ToString().ShouldBe("a.value");
        var a = tube.Nodes[0];
        a.Params.Values.ShouldBe([1L, 1.5, "text", new List<object?> { 1L, null }, true]);
        (a.Enabled.Input, a.Stateful, a.Depends.Form).ShouldBe(("y", true, DependsForm.None));
        var b = tube.Nodes[1];
        b.Depends.Entries.Select(entry => (entry.ToString(), entry.Slot, entry.Place)).ShouldBe([("a.value", null, 0), ("input.x", "slot", null), ("assets.log", null, 1)]);
        b.OnError.ShouldBe(new ErrorPolicy.Retry(3, TimeSpan.FromMilliseconds(100)));
        b.Placement.ShouldBe(new Placement.RoundRobin());
        b.PartitionBy.ShouldBe("slot");
        tube.Nodes[2].Depends.Form.ShouldBe(DependsForm.Scalar);
    }

    [Theory]
    [InlineData("gpu", ": nodes.a.placement: 'gpu' is none of local, round-robin or { role: NAME }.")]
    [InlineData("{ name: gpu }", ": nodes.a.placement: this is none of local, round-robin or { role: NAME }.")]
    public void A_placement_that_is_none_is_refused_with_those_there_are(string placement, string message) =>
        TubeHarness.Mistake($"nodes:\n  a: {{ type: T.Text, placement: {placement} }}").ShouldContain(message);

    [Fact]
    public void Rule_0_1_tube_is_accepted_for_noob_id() => TubeReader.FromYaml("tube: short").Id.ShouldBe("short");

    [Fact]
    public void An_empty_tube_is_valid() => TubeReader.FromYaml("noob_id: empty\nnodes:").Nodes.ShouldBeEmpty();

    [Fact]
    public void Json_and_dictionaries_are_read_like_yaml()
    {
        var json = TubeReader.FromJson("""{ "noob_id": "j", "nodes": { "a": { "type": "T.X", "params": { "n": 1, "f": 1.5 } } } }""");
        json.Nodes[0].Params.ShouldBe(new Dictionary<string, object?> { ["n"] = 1L, ["f"] = 1.5 });

        var made = TubeReader.FromDictionary(new Dictionary<string, object?>
        {
            ["noob_id"] = "d",
            ["nodes"] = new Dictionary<string, object?>
            {
                ["a"] = new Dictionary<string, object?> { ["type"] = "T.X" },
                ["b"] = new Dictionary<string, object?> { ["type"] = "T.Y", ["depends"] = new List<object?> { "a.value" } },
            },
        });
        made.Nodes[1].Depends.Entries[0].ToString().ShouldBe("a.value");
    }

    [Theory]
    [InlineData("noob_id: [", "test.yaml:2:1: this is not valid YAML: ")]
    [InlineData("noob_id: a\nnoob_id: b", "test.yaml:2:1: the key noob_id is there already; rename or remove one of the two.")]
    [InlineData("noob_id: a\nnodes:\n\tx: {type: T}", "test.yaml:3:1: this line begins with a tab, which YAML does not allow; indent it with spaces.")]
    [InlineData("noob_id: a\nnodes: *n", "test.yaml:2:8: *n stands for what is marked &n, and nothing is; mark it, or write text that begins with * in quotes.")]
    [InlineData("", "test.yaml:1:1: the file is empty; a tube is a mapping of keys such as tube and nodes.")]
    [InlineData("- a", "test.yaml:1:1: a tube is a mapping of keys such as tube and nodes.")]
    [InlineData("nodes: {}", "test.yaml:1:1: noob_id: it is missing; add noob_id: the tube's id.")]
    [InlineData("noob_id: my tube", "test.yaml:1:10: noob_id: 'my tube' cannot be a tube's id; use letters, digits, _, -, / and #.")]
    [InlineData("noob_id: a\nnoob_version: 1.0", "test.yaml:2:15: noob_version: this must be text, but 1.0 is a number; write it in quotes.")]
    [InlineData("noob_id: a\nnode: {}", "test.yaml:2:1: node: there is no such key here. Did you mean nodes?")]
    [InlineData("noob_id: a\nnodes: [a]", "test.yaml:2:8: nodes: this must be a mapping of ids, not a list.")]
    [InlineData("noob_id: a\nnodes:\n  a-b: { type: X.Y }", "test.yaml:3:3: nodes.a-b: 'a-b' cannot be an id; use letters, digits and underscores, not starting with a digit.")]
    [InlineData("noob_id: a\nnodes:\n  meta: { type: X.Y }", "test.yaml:3:3: nodes.meta: 'meta' is reserved (assets, input, meta, tube); choose another id.")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: X.Y, id: b }", "test.yaml:3:23: nodes.a.id: the id here does not match its key 'a'; remove it.")]
    [InlineData("noob_id: a\nnodes:\n  a: { params: {} }", "test.yaml:3:3: nodes.a.type: it is missing; add type: the name of a C# method or class, or gather, map, return, tube.")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: .X }", "test.yaml:3:14: nodes.a.type: '.X' is relative; write the whole name, Namespace.Class.Method.")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: X.Y, params: [1] }", "test.yaml:3:27: nodes.a.params: this must be a mapping of ids, not a list.")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: X.Y, enabled: a.b }", "test.yaml:3:28: nodes.a.enabled: 'a.b' is not true, false or input.NAME of a tube input.")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: X.Y, stateful: 1 }", "test.yaml:3:29: nodes.a.stateful: this must be true or false, not a number.")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: X.Y, on-error: retry }", "test.yaml:3:29: nodes.a.on-error: 'retry' is none of fail, skip-epoch, disable, retry(3) or retry(3, 100ms).")]
    [InlineData("noob_id: a\nnodes:\n  a: { type: return }\n  b: { type: return }", "test.yaml:4:3: nodes.b: a tube has one return node, this is the second; remove one.")]
    [InlineData("noob_id: a\nassets:\n  x: { type: X.Y }", "test.yaml:3:3: assets.x.scope: it is missing; add scope: runner or process or node.")]
    [InlineData("noob_id: a\nassets:\n  x: { type: X.Y, scope: runer }", "test.yaml:3:26: assets.x.scope: 'runer' is not one of runner, process, node. Did you mean runner?")]
    [InlineData("noob_id: a\nassets:\n  x: { type: X.Y, scope: node, depends: a.b }\nnodes:\n  a: { type: X.Y }", "test.yaml:3:41: assets.x.depends: only an asset of scope runner can be stored again, this one has scope node.")]
    [InlineData("noob_id: a\ninput:\n  x: { scop: tube }", "test.yaml:3:8: input.x.scop: there is no such key here. Did you mean scope?")]
    public void A_mistake_is_one_sentence_with_file_line_column_key_and_fix(string yaml, string message) =>
        Should.Throw<InvalidTubeException>(() => TubeReader.FromYaml(yaml, "test.yaml")).Message.ShouldStartWith(message);

    [Fact]
    public void What_json_says_wrong_is_told_with_its_place() =>
        Should.Throw<InvalidTubeException>(() => TubeReader.FromJson("{ \"noob_id\": }", "tube.json")).Message.ShouldStartWith("tube.json:1:");

    [Theory]
    [InlineData("1_000", 1000L)]
    [InlineData("0x1f", 31L)]
    [InlineData("0b11", 3L)]
    [InlineData("0o17", 15L)]
    [InlineData("017", 15L)]
    [InlineData("-5", -5L)]
    [InlineData("1e3", 1000.0)]
    [InlineData(".5", 0.5)]
    [InlineData("off", false)]
    [InlineData("~", null)]
    [InlineData("'1'", "1")]
    [InlineData("!!str 1", "1")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("99999999999999999999", 1e20)]
    public void Scalars_mean_what_yaml_says(string text, object? value) =>
        TubeReader.FromYaml($"noob_id: a\nnodes:\n  a:\n    type: X.Y\n    params:\n      p: {text}").Nodes[0].Params["p"].ShouldBe(value);
}
