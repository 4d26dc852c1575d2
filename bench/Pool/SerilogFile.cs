using Serilog;
using Serilog.Core;

namespace Sluice.Pool.Bench;

/// <summary>Serilog's file sink, which writes and does not sync.</summary>
internal sealed class SerilogFile(string path) : IDisposable
{
    private readonly Logger _log = new LoggerConfiguration().WriteTo.File(path, outputTemplate: "{Message:lj}{NewLine}").CreateLogger();

    public Task SendAsync()
    {
        _log.Information("{Text}", Senders.Text);
        return Task.CompletedTask;
    }

    public void Dispose() => _log.Dispose();
}
