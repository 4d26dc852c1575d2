using Sluice.Exporters.Events;

namespace Sluice.Actors.Exporters;

/// <summary>A stream without events: a copy that is an actor gets its events as messages.</summary>
internal sealed class Silence : IObservable<ExporterEvent>
{
    /// <summary>The one instance.</summary>
    public static Silence Instance { get; } = new();

    /// <inheritdoc/>
    public IDisposable Subscribe(IObserver<ExporterEvent> observer) => Nothing.Instance;

    private sealed class Nothing : IDisposable
    {
        public static Nothing Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
