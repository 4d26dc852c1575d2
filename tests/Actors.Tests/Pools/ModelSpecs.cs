using System.Globalization;
using Sluice.Actors.Pools;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>
/// Random sequences of everything that can happen to a pool, from seeds that the test's name shows: what was acknowledged arrives at every sink that
/// was there, in order, once per key, and the ledger balances.
/// </summary>
public sealed class ModelSpecs : PoolSpecs
{
    private const int Steps = 60;
    private readonly List<int> _owedToFirst = [];
    private readonly List<int> _owedToSecond = [];
    private Receiver _second = null!;
    private ExporterPool _pool = null!;
    private bool _usesMemory;
    private bool _hasSecond = true;
    private int _next;

    [Theory]
    [InlineData(1, SaveMode.WriteAhead)]
    [InlineData(2, SaveMode.WriteAhead)]
    [InlineData(3, SaveMode.WriteAhead)]
    [InlineData(4, SaveMode.OnFailure)]
    [InlineData(5, SaveMode.OnFailure)]
    [InlineData(29, SaveMode.OnFailure)]
    [InlineData(49, SaveMode.OnFailure)]
    public async Task Pool_2_2_whatever_happens_nothing_is_lost_or_reordered_and_no_key_names_two_items(int seed, SaveMode save)
    {
        var random = new Random(seed);
        _second = await Receiver.StartAsync();
        await using var closing = _second;
        await StartAsync(save);

        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(random, save);
        }

        Receiver.Misbehave = _second.Misbehave = null;
        await _pool.SetUseMemoryAsync(false).Within();
        (await _pool.DrainAsync(Deadline.Length).Within()).Unsent.ShouldBe(_hasSecond ? 0 : await PendingOfSecondAsync());
        Check(Receiver, _owedToFirst);
        if (_hasSecond)
        {
            Check(_second, _owedToSecond);
        }

        await using var journal = await OpenAsync(memory: false);
        journal.Status.Sinks.Values.ShouldAllBe(sink => sink.Balances);
        (await journal.VerifyAsync(default)).Faults.ShouldBeEmpty();
    }

    private async Task StepAsync(Random random, SaveMode save)
    {
        switch (random.Next(12))
        {
            case 0:
                Receiver.Misbehave = Trouble(random);
                break;
            case 1:
                _second.Misbehave = Trouble(random);
                break;
            case 2:
                Receiver.Misbehave = _second.Misbehave = null;
                break;
            case 3 when !_usesMemory:
                await _pool.DrainAsync(TimeSpan.Zero).Within();
                await StartAsync(save);
                break;
            case 4:
                _usesMemory = !_usesMemory;
                await _pool.SetUseMemoryAsync(_usesMemory).Within();
                break;
            case 5:
                await ToggleSecondAsync();
                break;
            case 6:
                await _pool.SendUnsentDataAsync().Within();
                break;
            default:
                await SendAsync(random.Next(1, 30));
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

    private async Task StartAsync(SaveMode save)
    {
        var settings = Settings.Pool() with { UseMemory = _usesMemory, Save = save, TurnPatience = TimeSpan.FromMilliseconds(5) };
        var parts = new PoolParts { OpenJournal = async (memory, _) => await OpenAsync(memory) };
        var first = Rig.Http(Receiver.Url, "first", Small(7));
        var journal = await OpenAsync(_usesMemory);
        _pool = _hasSecond ? Rig.Start(settings, journal, parts, first, Second()) : Rig.Start(settings, journal, parts, first);
    }

    private PoolExporter Second() => Rig.Http(_second.Url, "second", Small(100));

    private PoolExporterSettings Small(int batch) =>
        Rig.Quick with { ReadAheadBytes = 5000, Batch = Rig.Quick.Batch with { Size = batch } };

    private async Task<long> PendingOfSecondAsync()
    {
        await using var journal = await OpenAsync(false);
        return journal.Status.Sinks.TryGetValue("second", out var sink) ? sink.Pending : 0;
    }

    private Task<IJournal> OpenAsync(bool memory) =>
        Rig.JournalAsync(change: settings => settings with { Kind = memory ? JournalKind.Memory : JournalKind.Sqlite });

    private static Func<Microsoft.AspNetCore.Http.HttpContext, string[], Task<bool>> Trouble(Random random) => random.Next(3) switch
    {
        0 => Misbehaviour.Status(503),
        1 => Misbehaviour.Reset(),
        _ => Misbehaviour.Status(500, lines => lines.Length % 2 == 0),
    };

    private static void Check(Receiver receiver, List<int> owed)
    {
        var arrived = receiver.Keys.Zip(receiver.Items).ToArray();
        arrived.GroupBy(entry => entry.First).ShouldAllBe(key => key.Distinct().Count() == 1);
        arrived.DistinctBy(entry => entry.First).Select(entry => int.Parse(entry.Second, CultureInfo.InvariantCulture)).ShouldBe(owed);
    }
}
