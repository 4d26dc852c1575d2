namespace Sluice.Acceptance.Tests;

/// <summary>A user's mistake gets one sentence that names the place and the fix, exit code 1 or 2, and no stack trace.</summary>
public sealed class BadInputSpecs : IDisposable
{
    private const string Nodes = """
        public static class Numbers
        {
            public static IEnumerable<int> Count(int limit = 10) => Enumerable.Range(0, limit);
            public static int Twice(int value) => 2 * value;
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Numbers.Cuont", "  twice:\n    type: Numbers.Twice\n    depends: count.value\n", "tube.yaml:4", "Numbers.Cuont", "Numbers.Count")]
    [InlineData("Numbers.Count", "  twice:\n    type: Numbers.Twice\n", "tube.yaml:5", "twice", "value")]
    [InlineData("Numbers.Count", "  twice:\n    type: Numbers.Twice\n    depends: cuont.value\n", "tube.yaml:7", "cuont", "count")]
    [InlineData("Numbers.Count", "  twice:\n    type: Numbers.Twice\n    depends: count.valeu\n", "tube.yaml:7", "valeu", "value")]
    [InlineData("Numbers.Count", "  a:\n    type: Numbers.Twice\n    depends: b.value\n  b:\n    type: Numbers.Twice\n    depends: a.value\n", "tube.yaml", "a -> b -> a")]
    [InlineData("Numbers.Count", "  twice:\n    type: Numbers.Twice\n    depend: count.value\n", "tube.yaml:7", "depend", "depends")]
    [InlineData("Numbers.Count", "  twice: [\n", "tube.yaml:6")]
    public async Task A_tube_that_cannot_run_is_refused_with_its_place(string type, string more, params string[] said)
    {
        _folder.Write("nodes.cs", Nodes);
        _folder.Write("tube.yaml", $"tube: bad\nnodes:\n  count:\n    type: {type}\n{more}");

        await ShouldFailAsync(1, said, "run", "tube.yaml");
        await ShouldFailAsync(1, said[..1], "validate", "tube.yaml");
    }

    [Fact]
    public async Task A_run_on_a_cluster_needs_to_know_which()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tube.yaml", "tube: empty\n");

        var (exitCode, _, errors) = await SluiceProcess.RunAsync(folder.Path, new Dictionary<string, string>(), "run", "tube.yaml", "--runner", "cluster");

        exitCode.ShouldBe(2);
        errors.ShouldContain("--runner cluster needs --config");
    }

    [Fact]
    public async Task An_error_in_nodes_cs_names_the_file_the_line_and_what_the_compiler_says()
    {
        _folder.Write("nodes.cs", "public static class Numbers\n{\n    public static int Twice(int value) => 2 * valeu;\n}\n");
        _folder.Write("tube.yaml", "tube: bad\nnodes:\n  twice:\n    type: Numbers.Twice\n    params: { value: 2 }\n");

        await ShouldFailAsync(1, ["nodes.cs:3", "valeu"], "run", "tube.yaml");
    }

    [Theory]
    [InlineData("sluice.pool {\n  name = x\n  exporters { a { type = flie, path = x.jsonl } }\n}\n", "pool.conf:3", "flie", "file")]
    [InlineData("sluice.pool {\n  name = x\n  exporters { a { type = file, path = x.jsonl, fsinc = never } }\n}\n", "pool.conf:3", "fsinc", "fsync")]
    [InlineData("sluice.pool {\n  name = x\n  exporters {\n", "pool.conf:3", "}")]
    [InlineData("sluice.pool {\n  name = x\n  exporters { a { type = http, url = \"http://127.0.0.1:9/\", timeout = fast } }\n}\n", "pool.conf:3", "timeout", "fast")]
    public async Task A_pool_that_cannot_be_configured_is_refused_with_its_place(string conf, params string[] said)
    {
        WriteGoodTube();
        _folder.Write("pool.conf", conf);

        await ShouldFailAsync(1, said, "run", "tube.yaml", "--pool", "pool.conf");
    }

    [Theory]
    [InlineData("--epoch", "--epochs")]
    [InlineData("--pol", "--pool")]
    public async Task An_unknown_option_is_wrong_usage_and_the_nearest_is_named(string option, string nearest)
    {
        WriteGoodTube();

        await ShouldFailAsync(2, [option, nearest], "run", "tube.yaml", option, "3");
    }

    [Fact]
    public async Task A_tube_that_does_not_exist_is_named_with_the_folder_that_was_looked_in() =>
        await ShouldFailAsync(1, ["missing.yaml", _folder.Path], "run", "missing.yaml");

    [Fact]
    public async Task A_node_that_throws_ends_the_run_and_the_node_the_epoch_and_the_cause_are_named()
    {
        _folder.Write("nodes.cs", """
            public static class Numbers
            {
                public static IEnumerable<int> Count() => Enumerable.Range(0, 10);
                public static int Fail(int value) => value < 3 ? value : throw new InvalidOperationException("three is too many");
            }
            """);
        _folder.Write("tube.yaml", "tube: bad\nnodes:\n  count:\n    type: Numbers.Count\n  fail:\n    type: Numbers.Fail\n    depends: count.value\n");

        await ShouldFailAsync(1, ["fail", "epoch 3", "three is too many"], "run", "tube.yaml");
    }

    [Fact]
    public async Task A_journal_that_another_process_holds_is_named_with_the_holder()
    {
        using var endless = new EndlessRun();
        await using var holder = await endless.StartAsync();
        await using var second = endless.Start();

        var exitCode = await second.ExitAsync();

        var errors = string.Join('\n', second.Errors);
        exitCode.ShouldBe(1);
        errors.ShouldContain("endless.journal.db");
        errors.ShouldContain(holder.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_journal_folder_that_cannot_be_written_is_named()
    {
        WriteGoodTube();
        _folder.Write("occupied", "a file where the folder should be");
        _folder.Write("pool.conf", "sluice.pool {\n  name = x\n  journal.folder = occupied\n  exporters { a { type = file, path = out.jsonl } }\n}\n");

        await ShouldFailAsync(1, ["occupied"], "run", "tube.yaml", "--pool", "pool.conf");
    }

    private void WriteGoodTube()
    {
        _folder.Write("nodes.cs", Nodes);
        _folder.Write("tube.yaml", "tube: good\nnodes:\n  count:\n    type: Numbers.Count\n  return:\n    type: return\n    depends: count.value\n");
    }

    private async Task ShouldFailAsync(int exitCode, string[] said, params string[] arguments)
    {
        var (exit, output, errors) = await SluiceProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), arguments);

        errors.ShouldNotContain("   at ");
        foreach (var word in said)
        {
            errors.ShouldContain(word);
        }

        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
        output.ShouldBeEmpty();
        exit.ShouldBe(exitCode, errors);
    }
}
