namespace Sluice.Hocon.Tests;

public sealed class IncludeSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice hocon ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string hocon)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _folder);
        File.WriteAllText(path, hocon);
        return path;
    }

    private string Json(string main) => Compact.Of(ConfigurationFactory.ParseFile(Write("main.conf", main)).Root);

    private string MistakeIn(string main) =>
        Should.Throw<ConfigException>(() => Json(main)).Message.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    [Theory]
    [InlineData("include \"b.conf\"")]
    [InlineData("include\n\"b.conf\"")]
    [InlineData("include file(\"b.conf\")")]
    [InlineData("include file( \"b.conf\" )")]
    [InlineData("include required(\"b.conf\")")]
    [InlineData("include required(file(\"b.conf\"))")]
    [InlineData("include required( file( \"b.conf\" ) )")]
    [InlineData("include \"b\"")]
    [InlineData("include \"./sub/../b.conf\",")]
    public void An_included_file_stands_in_place_of_the_statement(string statement)
    {
        Write("b.conf", "b = 2");

        Json($"a = 1\n{statement}\nc = 3").ShouldBe("{a:1,b:2,c:3}");
    }

    [Fact]
    public void Included_fields_override_earlier_ones_and_are_overridden_by_later_ones()
    {
        Write("b.conf", "x = 2, y = 2, o { b = 1 }");

        Json("x = 1, o { a = 1 }, include \"b.conf\", y = 3").ShouldBe("{x:2,o:{a:1,b:1},y:3}");
    }

    [Fact]
    public void A_relative_name_starts_at_the_including_file()
    {
        Write("sub/b.conf", "include \"c.conf\"");
        Write("sub/c.conf", "c = 1");

        Json("include \"sub/b.conf\"").ShouldBe("{c:1}");
    }

    [Fact]
    public void An_absolute_name_is_taken_as_it_is_even_from_a_text()
    {
        var path = Write("b.conf", "b = 1");

        Compact.Of(ConfigurationFactory.ParseString($"include {Quoting.OfText(path)}").Root).ShouldBe("{b:1}");
    }

    [Fact]
    public void A_name_without_extension_stands_for_json_and_then_hocon()
    {
        Write("b.json", "{ \"a\" : 1, \"b\" : 1 }");
        Write("b.conf", "b = 2");

        Json("include \"b\"").ShouldBe("{a:1,b:2}");
    }

    [Fact]
    public void Substitutions_are_looked_up_below_the_include_first()
    {
        Write("foo.conf", "x = 10, y = ${x}, z = ${root}");

        Json("a { include \"foo.conf\" }, a { x = 42 }, x = 1, root = r").ShouldBe("{a:{x:42,y:42,z:'r'},x:1,root:'r'}");
    }

    [Fact]
    public void Substitutions_of_nested_includes_are_looked_up_at_each_level()
    {
        Write("outer.conf", "p = outer, inner { include \"inner.conf\" }");
        Write("inner.conf", "own = ${q}, q = inner, above = ${p}, top = ${r}");

        Json("a { include \"outer.conf\" }, r = root").ShouldBe("{a:{p:'outer',inner:{own:'inner',q:'inner',above:'outer',top:'root'}},r:'root'}");
    }

    [Fact]
    public void An_included_file_may_append()
    {
        Write("b.conf", "l += 2, s = ${?s}b");

        Json("l = [1], s = a, include \"b.conf\"").ShouldBe("{l:[1,2],s:'ab'}");
        Json("o { l = [1], s = a, include \"b.conf\" }").ShouldBe("{o:{l:[1,2],s:'ab'}}");
    }

    [Fact]
    public void Objects_in_lists_may_include()
    {
        Write("b.conf", "b = ${v}");

        Json("v = 1, l = [{ include \"b.conf\" }]").ShouldBe("{v:1,l:[{b:1}]}");
    }

    [Fact]
    public void A_missing_file_is_passed_over() => Json("a = 1, include \"missing.conf\"").ShouldBe("{a:1}");

    [Fact]
    public void A_missing_file_that_is_required_is_a_mistake() => MistakeIn("\ninclude required(\"missing.conf\")").ShouldBe(
        "main.conf:2:18: the required file 'missing.conf' does not exist beside main.conf.");

    [Fact]
    public void A_mistake_in_an_included_file_names_that_file()
    {
        Write("sub/b.conf", "\nb = !");

        MistakeIn("include \"sub/b.conf\"").ShouldStartWith("sub/b.conf:2:5: ");
    }

    [Fact]
    public void An_included_list_is_a_mistake()
    {
        Write("b.conf", "[1]");

        MistakeIn("include \"b.conf\"").ShouldBe("b.conf:1:1: a list was found where a configuration must have an object: give it a key.");
    }

    [Fact]
    public void Files_that_include_each_other_are_a_mistake()
    {
        Write("b.conf", "include \"main.conf\"");

        MistakeIn("include \"b.conf\"").ShouldBe("b.conf:1:9: 'main.conf' includes itself by way of this file: take one of the includes out.");
    }

    [Fact]
    public void Includes_that_double_are_refused()
    {
        for (var i = 0; i < 40; i++)
        {
            Write($"f{i}.conf", $"include \"f{i + 1}.conf\"\ninclude \"f{i + 1}.conf\"");
        }

        MistakeIn("include \"f0.conf\"").ShouldEndWith(": more than 1000 files are included: that is the limit.");
    }

    [Theory]
    [InlineData("include b.conf", "main.conf:1:1: 'include b.conf' was found where ")]
    [InlineData("include = 1", "main.conf:1:9: '=' was found where ")]
    [InlineData("include ${b}", "main.conf:1:9: '${' was found where ")]
    [InlineData("include file(\"b.conf\"", "main.conf:1:22: the end of the file was found where ')' after 'file(\"b.conf\"' is expected.")]
    [InlineData("include \"a\" \"b\"", "main.conf:1:13: \"b\" was found where ',' or a new line is expected.")]
    [InlineData("include url(\"http://x/\")", "main.conf:1:13: url(\"…\") was found, and nothing is fetched from the network: include a file.")]
    [InlineData("include classpath(\"x\")", "main.conf:1:19: classpath(\"x\") cannot be included from a file: file(\"…\") or only the name is expected.")]
    public void An_include_needs_one_quoted_name(string statement, string message) => MistakeIn(statement).ShouldStartWith(message);

    [Fact]
    public void A_text_without_a_place_cannot_include_relative_names() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseString("include \"b.conf\"", "text")).Message.ShouldBe(
            "text:1:9: 'b.conf' cannot be included from a text that is not a file: an absolute path is expected.");

    [Fact]
    public void A_resource_may_include_its_neighbours() =>
        ConfigurationFactory.FromResource<IncludeSpecs>().GetString("a.colour").ShouldBe("large");

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseFile("/nowhere/pool.conf")).Message.ShouldBe(
            "/nowhere/pool.conf: the file does not exist: the path of a HOCON file is expected.");

    [Fact]
    public void A_file_that_is_not_utf8_is_a_mistake()
    {
        var path = Path.Combine(_folder, "latin1.conf");
        File.WriteAllBytes(path, [(byte)'a', (byte)'=', 0xe9]);

        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseFile(path)).Message.ShouldBe(
            $"{path}: the file is not UTF-8 at byte 2: save it as UTF-8.");
    }

    [Fact]
    public void An_assembly_without_the_resource_is_told_how_to_embed_it() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.Reference(typeof(Config).Assembly)).Message.ShouldBe(
            "reference.conf of Sluice.Hocon: the resource does not exist: add <EmbeddedResource Include=\"reference.conf\" /> to the project.");
}
