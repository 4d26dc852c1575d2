using Microsoft.Extensions.Logging;
using Sluice.Exporters.Events;
using Sluice.Exporters.Isolation;

namespace Sluice.Exporters.Tests.Isolation;

/// <summary>An exporter with shared and isolated state whose every step a test can see and break.</summary>
internal class Probe(ContextState? context = null, ILoggerFactory? loggers = null, TimeProvider? time = null, string? name = null)
    : BaseExporter(context, name, loggers, time)
{
    private static readonly IsolatedAttribute<List<string>> SeenAttribute = new(static () => []);
    private static readonly IsolatedAttribute<int> TotalAttribute = new(static () => 7);

    public object Client { get; } = new();

    public List<string> Seen
    {
        get => SeenAttribute[this];
        set => SeenAttribute[this] = value;
    }

    public int Total
    {
        get => TotalAttribute[this];
        set => TotalAttribute[this] = value;
    }

    public Action<ExporterEvent>? OnExport { get; set; }

    public Func<ValueTask>? OnStart { get; set; }

    public Func<ValueTask>? OnStop { get; set; }

    public Func<CancellationToken, ValueTask>? Work { get; set; }

    public CancellationToken Shutdown => ShutdownToken;

    public ref int TotalReference => ref TotalAttribute.Reference(this);

    public override void Export(ExporterEvent happened)
    {
        OnExport?.Invoke(happened);
        lock (Seen)
        {
            Seen.Add(happened.Id);
        }

        if (Work is { } work)
        {
            Track(work);
        }
    }

    protected override ValueTask OnPreStartAsync(CancellationToken cancellationToken) => OnStart?.Invoke() ?? ValueTask.CompletedTask;

    protected override ValueTask OnCleanupAsync() => OnStop?.Invoke() ?? ValueTask.CompletedTask;
}
