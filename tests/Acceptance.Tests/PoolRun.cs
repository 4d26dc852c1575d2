using System.Globalization;
using System.Text.Json;
using Sluice.Rabbit.Rig;

namespace Sluice.Acceptance.Tests;

/// <summary>The earthquakes run with its pool, in a data folder of its own, against a receiver that the test starts and stops.</summary>
internal sealed class PoolRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Ports.Free();

    public Dictionary<string, string> Environment => new()
    {
        ["SLUICE_DATA"] = _folder["data"],
        ["SLUICE_SINK_URL"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/quakes"),
    };

    public string Archive => _folder["data/earthquakes.jsonl"];

    public string Folder => _folder.Path;

    private string Received => _folder["received.jsonl"];

    public void Dispose() => _folder.Dispose();

    public SluiceProcess Start(params string[] options) =>
        SluiceProcess.Start(_folder.Path, Environment, ["run", Checkout.Example("tube.yaml"), "--pool", Checkout.Example("pool.conf"), .. options]);

    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] options)
    {
        await using var program = Start(options);
        return (await program.ExitAsync(), string.Join('\n', program.Output), string.Join('\n', program.Errors));
    }

    public Task<(int ExitCode, string Output, string Errors)> JournalAsync(string command, params string[] options) =>
        SluiceProcess.RunAsync(_folder.Path, Environment, ["journal", command, "--pool", Checkout.Example("pool.conf"), .. options]);

    public async Task<SluiceProcess> StartReceiverAsync(params string[] options)
    {
        var receiver = SluiceProcess.Start(
            _folder.Path, ["sink", "--port", _port.ToString(CultureInfo.InvariantCulture), "--store", Received, .. options]);
        await receiver.LineAsync(line => line.Contains("listening on", StringComparison.Ordinal));
        return receiver;
    }

    /// <summary>What the receiver has stored so far, in the order of arrival.</summary>
    public IReadOnlyList<(string Key, string Item)> Stored() =>
        File.Exists(Received)
            ? [.. File.ReadLines(Received).Select(line => JsonDocument.Parse(line).RootElement)
                .Select(line => (line.GetProperty("key").GetString()!, line.GetProperty("item").GetRawText()))]
            : [];

    /// <summary>The number of an item's key: keys are the pool's name and a sequence number.</summary>
    public static long SequenceOf(string key) => long.Parse(key[(key.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
}
