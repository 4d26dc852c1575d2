using System.CommandLine;
using System.Globalization;
using Sluice.Host.CommandLine;
using Sluice.Host.Receiving;

namespace Sluice.Host.Commands;

/// <summary><c>sluice sink</c>: a receiver to try pools with.</summary>
internal static class SinkCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "TCP port on 127.0.0.1; 0 takes any free one and says which.",
        DefaultValueFactory = _ => 8077,
    };

    private static readonly Option<string> Store = new("--store")
    {
        Description = "File that accepted items are appended to, a line {\"key\":…,\"item\":…} each.",
        Required = true,
    };

    private static readonly Option<int?> Fail = new("--fail") { Description = "Refuse requests with this HTTP status, for example 503." };

    private static readonly Option<int> Every = new("--every")
    {
        Description = "With --fail: refuse every Nth request only.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Delay = new("--delay") { Description = "Milliseconds to wait before looking at a request." };

    public static Command Create()
    {
        var command = new Command("sink", "Starts a small HTTP receiver that keeps what it is sent in a file.") { Port, Store, Fail, Every, Delay };
        command.SetAction((parsed, cancellationToken) => RunAsync(Read(parsed), cancellationToken));
        return command;
    }

    private static ReceiverSettings Read(ParseResult parsed)
    {
        var settings = new ReceiverSettings
        {
            Port = parsed.GetValue(Port),
            Store = parsed.GetRequiredValue(Store),
            FailStatus = parsed.GetValue(Fail),
            FailEvery = parsed.GetValue(Every),
            Delay = TimeSpan.FromMilliseconds(parsed.GetValue(Delay)),
        };
        return settings switch
        {
            { FailStatus: null, FailEvery: not 1 } => throw new UsageException("--every says which requests --fail refuses: give --fail too, for example --fail 503."),
            { Port: < 0 or > 65535 } => throw new UsageException($"--port is {settings.Port}: give a port from 0 to 65535."),
            { FailStatus: < 400 or > 599 } => throw new UsageException($"--fail is {settings.FailStatus}: give an HTTP error status from 400 to 599."),
            { FailEvery: < 1 } => throw new UsageException($"--every is {settings.FailEvery}: give 1 for every request, 3 for every third."),
            { Delay.Ticks: < 0 } => throw new UsageException("--delay is negative: give milliseconds to wait."),
            _ => settings,
        };
    }

    private static async Task<int> RunAsync(ReceiverSettings settings, CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync(settings, cancellationToken).ConfigureAwait(false);
        Say($"sluice sink: listening on {receiver.Address}, keeping items in {settings.Store}; Ctrl-C stops it.");
        await Stopping.WaitAsync(cancellationToken).ConfigureAwait(false);
        var (items, refused) = receiver.Counts;
        Say($"sluice sink: kept {items} items, refused {refused} requests.");
        return ExitCode.Done;
    }

    private static void Say(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
