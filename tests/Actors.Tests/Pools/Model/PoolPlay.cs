using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.Actors.Pools;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools.Model;

/// <summary>Carries out steps on a real pool with two receivers, and remembers, as its whole model, what each receiver is to get in which order.</summary>
internal sealed class PoolPlay(SaveMode save) : IAsyncDisposable
{
    private readonly PoolRig _rig = new();
    private readonly List<int> _owedToFirst = [];
    private readonly List<int> _owedToSecond = [];
    private Receiver _first = null!;
    private Receiver _second = null!;
    private ExporterPool _pool = null!;
    private IJournal _journal = null!;
    private bool _usesMemory;
    private bool _hasSecond = true;
    private int _next;

    public async Task RunAsync(IEnumerable<PoolStep> steps)
    {
        _first = await Receiver.StartAsync();
        _second = await Receiver.StartAsync();
        await StartAsync();
        foreach (var step in steps)
        {
            await DoAsync(step);
        }

        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    private async Task DoAsync(PoolStep step)
    {
        switch (step.Action)
        {
            case PoolAction.Send:
                await SendAsync(step.Count);
                break;
            case PoolAction.FailFirst:
                _first.Misbehave = Trouble(step.Count);
                break;
            case PoolAction.FailSecond:
                _second.Misbehave = Trouble(step.Count);
                break;
            case PoolAction.Recover:
                _first.Misbehave = _second.Misbehave = null;
                break;
            case PoolAction.Restart when !_usesMemory:
                await _pool.DrainAsync(TimeSpan.Zero).Within();
                await StartAsync();
                break;
            case PoolAction.Crash when !_usesMemory && save is SaveMode.WriteAhead:
                await _pool.Actor.GracefulStop(Deadline.Length);
                await _journal.DisposeAsync();
                await StartAsync();
                break;
            case PoolAction.SwitchMemory:
                _usesMemory = !_usesMemory;
                await _pool.SetUseMemoryAsync(_usesMemory).Within();
                break;
            case PoolAction.ToggleSecond:
                await ToggleSecondAsync();
                break;
            case PoolAction.SendUnsent:
                await _pool.SendUnsentDataAsync().Within();
                break;
        }
    }

    private async Task SendAsync(int count)
    {
        var values = Enumerable.Range(_next + 1, count).ToArray();
        _next += count;
        (await _pool.SendManyAsync(values.Cast<object?>()).Within()).ShouldAllBe(answer => answer is SendAnswer.Exported);
        _owedToFirst.AddRange(values);
        if (_hasSecond)
        {
            _owedToSecond.AddRange(values);
        }
    }

    private async Task ToggleSecondAsync()
    {
        if (_hasSecond)
        {
            await _pool.RemoveExporterAsync("second", UnsentDataFate.Keep).Within();
        }
        else
        {
            await _pool.AddExporterAsync(Second()).Within();
        }

        _hasSecond = !_hasSecond;
    }

    private async Task StartAsync()
    {
        var settings = Settings.Pool() with { UseMemory = _usesMemory, Save = save, TurnPatience = TimeSpan.FromMilliseconds(5) };
        var first = _rig.Http(_first.Url, "first", Small(7));
        await OpenAsync(_usesMemory);
        _pool = ExporterPool.Start(
            _rig.System,
            settings,
            _journal,
            _hasSecond ? [first, Second()] : [first],
            new PoolParts { OpenJournal = async (memory, _) => await OpenAsync(memory) });
    }

    private PoolExporter Second() => _rig.Http(_second.Url, "second", Small(100));

    private PoolExporterSettings Small(int batch) =>
        _rig.Quick with { ReadAheadBytes = 5000, Batch = _rig.Quick.Batch with { Size = batch } };

    private async Task<IJournal> OpenAsync(bool memory) =>
        _journal = await _rig.JournalAsync(change: settings => settings with { Kind = memory ? JournalKind.Memory : JournalKind.Sqlite });

    private static Func<HttpContext, string[], Task<bool>> Trouble(int kind) => (kind % 3) switch
    {
        0 => Misbehaviour.Status(503),
        1 => Misbehaviour.Reset(),
        _ => Misbehaviour.Status(500, lines => lines.Length % 2 == 0),
    };

    /// <summary>With both sinks in order again everything arrives, and the ledger balances.</summary>
    private async Task EndAsync()
    {
        _first.Misbehave = _second.Misbehave = null;
        await _pool.SetUseMemoryAsync(false).Within();
        await _pool.DrainAsync(Deadline.Length).Within();
        Check(_first, _owedToFirst);
        if (_hasSecond)
        {
            Check(_second, _owedToSecond);
        }

        await using var journal = await OpenAsync(memory: false);
        journal.Status.Sinks.Values.ShouldAllBe(sink => sink.Balances);
        journal.Status.Sinks["first"].Pending.ShouldBe(0);
        (await journal.VerifyAsync(default)).Faults.ShouldBeEmpty();
    }

    private static void Check(Receiver receiver, List<int> owed)
    {
        var arrived = receiver.Keys.Zip(receiver.Items).ToArray();
        arrived.GroupBy(entry => entry.First).ShouldAllBe(key => key.Distinct().Count() == 1);
        arrived.DistinctBy(entry => entry.First).Select(entry => int.Parse(entry.Second, CultureInfo.InvariantCulture)).ShouldBe(owed);
    }
}
