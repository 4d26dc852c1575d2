namespace Sluice.Journal.Contract.Model;

/// <summary>Random actions on the journal and on the model, compared after each. A failure names its seed and step.</summary>
public abstract class ModelContract : JournalContract
{
    private const int Steps = 150;

    private readonly JournalModel _model = new();
    private Random _random = new(0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task The_journal_does_what_its_model_does(int seed)
    {
        _random = new Random(seed);
        await AddAsync("a");
        for (var step = 0; step < Steps; step++)
        {
            var action = await ActAsync();
            await CompareAsync($"seed {seed}, step {step}: {action}");
        }
    }

    private async Task<string> ActAsync()
    {
        switch (_random.Next(20))
        {
            case < 6:
                return await AppendAsync();
            case < 13:
                return await SettleAsync();
            case < 15:
                return await RedriveAsync();
            case < 16:
                _model.Reserve(3);
                await Journal.ReserveSequencesAsync(3, CancellationToken.None);
                return "reserve";
            case < 17:
                return await AddAsync(((char)('a' + _random.Next(5))).ToString());
            case < 18:
                return await RemoveAsync();
            default:
                await ReopenIfThatKeepsDataAsync();
                return "reopen";
        }
    }

    private async Task<string> AppendAsync()
    {
        var active = _model.Active.ToList();
        if (active.Count == 0)
        {
            return "nothing";
        }

        var (count, one) = (_random.Next(1, 20), _random.Next(3) == 0);
        var sinks = one ? [active[_random.Next(active.Count)]] : active;
        var items = Enumerable.Range(0, count).Select(JournalActions.Item).ToList();
        _model.Append(sinks, count);
        await Journal.AppendAsync(items, one ? OwedTo.Only(sinks) : OwedTo.All, CancellationToken.None);
        return $"append {count} for {string.Join('+', sinks)}";
    }

    private async Task<string> SettleAsync()
    {
        var (name, sink) = Any();
        var owed = await Journal.Read(name);
        var (skip, take, chance) = (_random.Next(3) == 0 ? _random.Next(owed.Count + 1) : 0, _random.Next(1, 30), _random.Next(1, 5));
        var outcomes = new List<Settlement>();
        foreach (var (item, model) in owed.Zip(sink.Owed.ToList()).Skip(skip).Take(take).Where(_ => chance > 1 || _random.Next(2) == 0))
        {
            var outcome = Outcome(item.Position);
            outcomes.Add(outcome);
            _model.Settle(name, model, outcome.Kind);
        }

        (await Journal.SettleAsync(name, outcomes, CancellationToken.None)).ShouldBe(outcomes.Count);
        return $"settle {outcomes.Count} of {name}";
    }

    private Settlement Outcome(long position) => _random.Next(10) switch
    {
        0 => Settlement.DeadLetter(position, new DeadReason(DeadLetterClass.Permanent, "no", null, 1)),
        1 => Settlement.Dropped(position, "expired"),
        _ => Settlement.Delivered(position),
    };

    private async Task<string> RedriveAsync()
    {
        var ids = new List<long>();
        foreach (var letter in (await Journal.DeadLetters()).Where(letter => !letter.Redriving && !_model.Sinks[letter.Sink].Gone).Take(3))
        {
            _model.Redrive(letter.Sink, letter.Key.Sequence);
            ids.Add(letter.Id);
        }

        (await Journal.RedriveAsync(ids, CancellationToken.None)).ShouldBe(ids.Count);
        return $"redrive {ids.Count}";
    }

    private async Task<string> AddAsync(string sink)
    {
        _model.Add(sink);
        await Journal.AddSinks(sink);
        return $"add {sink}";
    }

    private async Task<string> RemoveAsync()
    {
        var active = _model.Active.ToList();
        if (active.Count < 2)
        {
            return "nothing";
        }

        var sink = active[_random.Next(active.Count)];
        UnsentData unsent = _random.Next(3) switch
        {
            0 => new UnsentData.Keep(),
            1 => new UnsentData.HandTo(active.First(other => other != sink)),
            _ => new UnsentData.DeadLetter(),
        };
        _model.Remove(sink, unsent);
        await Journal.RemoveSinkAsync(sink, unsent, CancellationToken.None);
        return $"remove {sink}: {unsent}";
    }

    private (string Name, ModelSink Sink) Any()
    {
        var (name, sink) = _model.Sinks.ElementAt(_random.Next(_model.Sinks.Count));
        return (name, sink);
    }

    private async Task CompareAsync(string when)
    {
        foreach (var (name, sink) in _model.Sinks)
        {
            (await Journal.Read(name)).Select(item => item.Key.Sequence).ShouldBe(sink.Owed.Select(item => item.Sequence), when + ", owed to " + name);
            var page = Journal.Status.Sinks[name];
            (page.Accepted, page.Delivered, page.Pending, page.Dead, page.Dropped.Values.Sum())
                .ShouldBe((sink.Accepted, sink.Delivered, sink.Owed.Count, sink.Dead.Count, sink.Dropped), when + ", ledger of " + name);
        }

        Journal.Status.Items.ShouldBe(_model.Stored, when);
        (await Journal.VerifyAsync(CancellationToken.None)).Faults.ShouldBeEmpty(when);
    }
}
