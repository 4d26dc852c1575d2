using Sluice.Exporters;

namespace Sluice.Pool.Bench;

/// <summary>Isolated copies made per second, beside new exporters made by their constructor.</summary>
internal sealed class CopiesCase : IBenchCase
{
    private readonly CountingExporter _original = new();
    private readonly ContextState _run = new() { Name = "run" };

    public CopiesCase() => Contenders =
    [
        ("Sluice", count => Task.Run(() => Make(count, () => _original.CreateIsolatedInstance(_run)))),
        ("constructor", count => Task.Run(() => Make(count, static () => new CountingExporter()))),
    ];

    public string Name => "copies";

    public string Unit => "copies/s";

    public int Operations => 500_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Make(int count, Func<BaseExporter> make)
    {
        for (var i = 0; i < count; i++)
        {
            GC.KeepAlive(make());
        }
    }
}
