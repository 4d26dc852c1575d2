namespace Sluice.Acceptance.Tests;

/// <summary>A tube that counts for ever, with a pool whose only sink is an address where nobody listens unless the test does.</summary>
internal sealed class EndlessRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EndlessRun(string url = "http://127.0.0.1:9/")
    {
        _folder.Write("nodes.cs", """
            using System.Runtime.CompilerServices;

            public static class Numbers
            {
                public static async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken cancellationToken = default)
                {
                    for (var i = 0; ; i++)
                    {
                        await Task.Delay(5, cancellationToken);
                        yield return i;
                    }
                }
            }
            """);
        _folder.Write("tube.yaml", "tube: endless\nnodes:\n  count:\n    type: Numbers.Count\n  return:\n    type: return\n    depends: [{n: count.value}]\n");
        _folder.Write("pool.conf", $$"""
            sluice.pool {
              name = endless
              journal.folder = data
              exporters { http { type = http, url = "{{url}}", delivery.retry { initial-interval = 50ms, max-interval = 200ms } } }
            }
            """);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of the run's folder.</summary>
    public string this[string file] => _folder[file];

    /// <summary>A journal command beside the run.</summary>
    public Task<(int ExitCode, string Output, string Errors)> JournalAsync(string command, params string[] options) =>
        SluiceProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), ["journal", command, "--pool", "pool.conf", .. options]);

    /// <summary>Starts the run and waits until it has returned its twentieth value.</summary>
    public async Task<SluiceProcess> StartAsync()
    {
        var program = Start();
        await program.LineAsync(line => line.Contains("\"n\":20", StringComparison.Ordinal));
        return program;
    }

    public SluiceProcess Start() => SluiceProcess.Start(_folder.Path, "run", "tube.yaml", "--pool", "pool.conf");
}
