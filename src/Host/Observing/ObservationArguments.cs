using System.CommandLine;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Observing;

/// <summary>What every command that runs for a while can be asked to tell about itself.</summary>
internal sealed class ObservationArguments
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "A HOCON file with the sections sluice.telemetry, sluice.health, sluice.flight-recorder and sluice.exporters.",
    };

    private readonly Option<string?> _otlp = new("--otlp")
    {
        Description = "Send traces and metrics to the OpenTelemetry collector at this address, such as http://127.0.0.1:4318.",
    };

    private readonly Option<int?> _health = new("--health")
    {
        Description = "Serve /health/live, /health/ready and /metrics (Prometheus) on this port of 127.0.0.1; 0 takes any free one and says which.",
    };

    private readonly Option<string?> _recorder = new("--recorder")
    {
        Description = "Record the last events of everything, and write a report into this folder when an actor fails or the run is stuck.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _config, _otlp, _health, _recorder })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The file of <c>--config</c>; null when it is not given.</summary>
    public string? ConfigFile(ParseResult parsed) => parsed.GetValue(_config);

    /// <summary>What the file says, over the defaults; what the command line says, over both.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">Read when there is no <c>--config</c>; null for none.</param>
    /// <exception cref="UsageException">An option's value makes no sense.</exception>
    public ObservationPlan Read(ParseResult parsed, string? file)
    {
        var plan = ObservationPlan.Read(parsed.GetValue(_config) ?? file);
        if (parsed.GetValue(_otlp) is { } otlp)
        {
            plan = plan with { Telemetry = plan.Telemetry with { Otlp = otlp } };
        }

        if (plan.Telemetry.Otlp.Length > 0 && !(Uri.TryCreate(plan.Telemetry.Otlp, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            var said = parsed.GetValue(_otlp) is null ? "sluice.telemetry.otlp" : "--otlp";
            throw new UsageException($"{said} is '{plan.Telemetry.Otlp}': give the collector's address, such as http://127.0.0.1:4318.");
        }

        if (parsed.GetValue(_health) is { } port)
        {
            plan = port is >= 0 and <= 65535
                ? plan with { Health = plan.Health with { Port = port } }
                : throw new UsageException($"--health is {port}: give a port from 0 to 65535.");
        }

        if (parsed.GetValue(_recorder) is { } folder)
        {
            plan = plan with { Recorder = plan.Recorder with { Enabled = true, Folder = folder } };
        }

        if (plan.Recorder is { Enabled: true, Folder: "" })
        {
            var said = parsed.GetValue(_recorder) is null ? "sluice.flight-recorder.folder" : "--recorder";
            throw new UsageException($"{said} is empty: give the folder that reports are written into.");
        }

        return plan;
    }
}
