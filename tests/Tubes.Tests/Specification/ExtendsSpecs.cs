using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Tests.Specification;

/// <summary>Tubes that extend others, and finding tubes in folders.</summary>
public sealed class ExtendsSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice tubes ").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Later_tubes_win_key_by_key_and_depends_is_replaced_whole()
    {
        Write("base", "nodes:\n  a: { type: X.A, params: { p: 1, q: 1 } }\n  b: { type: X.B, depends: [a.value, a.value] }\n  r: { type: return, depends: b.value }");
        Write("left", "extends: [base]\ninput:\n  x: { type: int }\nnodes:\n  a: { params: { p: 2 } }");
        Write("right", "input:\n  x: { type: str, scope: process }\nnodes:\n  z: { type: X.Z }");
        Write("top", "extends: [left, right]\nnodes:\n  b: { depends: [{ s: a.value }] }\n  out: { type: return, depends: [{ r: b.value }] }");

        var tube = new TubeLibrary([_folder]).Load("top");

        tube.Id.ShouldBe("top");
        tube.Nodes.Select(node => node.Id).ShouldBe(["a", "b", "out", "z"]);
        tube.Nodes[0].Params.ShouldBe(new Dictionary<string, object?> { ["p"] = 2L, ["q"] = 1L });
        tube.Nodes[1].Depends.Entries.ShouldHaveSingleItem().Slot.ShouldBe("s");
        tube.Nodes[2].Depends.Entries.ShouldHaveSingleItem().Slot.ShouldBe("r");
        (tube.Inputs[0].Type, tube.Inputs[0].Scope).ShouldBe(("str", InputScope.Process));
    }

    [Fact]
    public void A_return_node_of_the_lower_tube_stays_when_the_upper_one_has_none()
    {
        Write("base", "nodes:\n  a: { type: X.A }\n  r: { type: return, depends: a.value }");
        Write("top", "extends: [base]\nnodes:\n  a: { type: X.B }");

        new TubeLibrary([_folder]).Load("top").Nodes[1].Type.ShouldBe("return");
    }

    [Fact]
    public void Mistakes_are_told_where_they_stand_in_the_lower_file()
    {
        var file = Write("base", "nodes:\n  a: { type: X.A, stateful: maybe }");
        Write("top", "extends: [base]");

        Should.Throw<InvalidTubeException>(() => new TubeLibrary([_folder]).Load("top")).Message.ShouldStartWith($"{file}:3:29: nodes.a.stateful: ");
    }

    [Fact]
    public void A_tube_that_extends_itself_is_refused()
    {
        Write("a", "extends: [b]");
        Write("b", "extends: [a]");

        Should.Throw<InvalidTubeException>(() => new TubeLibrary([_folder]).Load("a")).Message.ShouldContain("a tube cannot extend itself: b -> a -> b.");
    }

    [Fact]
    public void Extends_must_be_a_list()
    {
        Write("a", "extends: b");

        Should.Throw<InvalidTubeException>(() => new TubeLibrary([_folder]).Load("a")).Message.ShouldEndWith("extends: this must be a list of tubes; put a dash before each.");
    }

    [Fact]
    public void Tubes_are_found_by_id_in_subfolders_and_by_file_name()
    {
        var file = Write("deep", "nodes: {}", "one/two/some name.yml");

        new TubeLibrary([_folder]).Find("deep").ShouldBe(file);
        new TubeLibrary([_folder]).Load("one/two/some name.yml").Id.ShouldBe("deep");
        new TubeLibrary([]).Load(file).Id.ShouldBe("deep");
    }

    [Fact]
    public void The_first_folder_wins()
    {
        var first = Write("same", "nodes: {}", "1/a.yaml");
        Write("same", "nodes: {}", "2/a.yaml");

        new TubeLibrary([Path.Combine(_folder, "1"), Path.Combine(_folder, "2")]).Find("same").ShouldBe(first);
    }

    [Fact]
    public void An_unknown_tube_names_the_nearest_ones()
    {
        Write("my-tube", "nodes: {}");

        Should.Throw<UnknownTubeException>(() => new TubeLibrary([_folder]).Load("my-tub")).Message.ShouldEndWith("Did you mean my-tube?");
        Should.Throw<UnknownTubeException>(() => new TubeLibrary([_folder]).Load("gone.yaml")).Message.ShouldContain($"There is no tube file {Path.GetFullPath("gone.yaml")}");
    }

    private string Write(string id, string body, string? file = null)
    {
        var path = Path.Combine(_folder, file ?? id + ".yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"noob_id: {id}\n{body}");
        return path;
    }
}
