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
    [InlineData("Numbers.Count", "\ttwice:\n", "tube.yaml:5", "tab", "spaces")]
    [InlineData("Numbers.Count", "  twice: *twiec\n", "tube.yaml:5", "&twiec")]
    [InlineData("Numbers.Count", "  count:\n    type: Numbers.Count\n", "tube.yaml:5", "count", "rename")]
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
    [InlineData("sluice.pool {\n  name = x\n  exporters { a { type = http, url = \"nonsense\" } }\n}\n", "pool.conf:3", "url", "nonsense", "http://127.0.0.1:8077/")]
    [InlineData("sluice.pool {\n  name = x\n  jornal.folder = x\n  exporters { a { type = null } }\n}\n", "pool.conf:3", "jornal", "'journal'")]
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

    [Theory]
    [InlineData("--output", "xml", "json or text")]
    [InlineData("--runner", "fast", "async or cluster or sync")]
    [InlineData("--epochs", "many", "a whole number")]
    public async Task A_value_that_an_option_does_not_take_is_wrong_usage_and_what_it_takes_is_said(string option, string value, string takes)
    {
        WriteGoodTube();

        await ShouldFailAsync(2, [option, value, takes], "run", "tube.yaml", option, value);
    }

    [Fact]
    public async Task A_folder_given_for_a_tube_or_a_pool_is_called_a_folder()
    {
        WriteGoodTube();
        Directory.CreateDirectory(_folder["folder.yaml"]);

        await ShouldFailAsync(1, ["folder.yaml", "is a folder"], "run", "folder.yaml");
        await ShouldFailAsync(1, ["is a folder"], "run", ".");
        await ShouldFailAsync(1, ["folder.yaml", "a folder"], "run", "tube.yaml", "--pool", "folder.yaml");
    }

    [Fact]
    public async Task A_receiver_that_cannot_listen_or_keep_items_says_what_to_change()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        await ShouldFailAsync(1, [port, "taken", "--port"], "sink", "--port", port, "--store", "received.jsonl");
        await ShouldFailAsync(1, [_folder.Path, "it is a folder"], "sink", "--port", "0", "--store", ".");
        await ShouldFailAsync(2, ["--every", "--fail"], "sink", "--port", "0", "--store", "received.jsonl", "--every", "3");
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

    [Theory]
    [InlineData("throw new TaskCanceledException(\"the server took too long\")", "the server took too long (TaskCanceledException)")]
    [InlineData("Broken.Value", "no such folder (TypeInitializationException)")]
    [InlineData("\"three\"", "takes int")]
    public async Task Whatever_a_node_throws_the_run_says_which_node_and_why(string value, string said)
    {
        _folder.Write("nodes.cs", $$"""
            public static class Numbers
            {
                public static IEnumerable<int> Count() => Enumerable.Range(0, 10);
                public static object Fail(int value) => {{value}};
                public static int Twice(int value) => 2 * value;
            }

            public static class Broken
            {
                public static readonly object Value = Fail();
                private static object Fail() => throw new IOException("no such folder");
            }
            """);
        _folder.Write("tube.yaml", """
            tube: bad
            nodes:
              count: { type: Numbers.Count }
              fail: { type: Numbers.Fail, depends: count.value }
              twice: { type: Numbers.Twice, depends: fail.value }
            """);

        await ShouldFailAsync(1, ["bad: the node", "epoch 0", said], "run", "tube.yaml");
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
