using Sluice.Journal.DeadLetters;

namespace Sluice.Actors.Tests.Pools;

/// <summary>Dead letters of a running pool, dealt with by message.</summary>
public sealed class DeadLetterSpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_5_3_redriven_dead_letters_are_delivered_under_their_old_keys_amid_new_items()
    {
        Receiver.Misbehave = Misbehaviour.Status(400);
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(5)).Within();
        await Deadline.Until(() => journal.Status.Sinks["http"].Dead == 5);
        var ids = (await journal.ReadDeadLettersAsync(DeadLetterFilter.Everything, 0, 10, default)).Select(letter => letter.Id).ToArray();

        Receiver.Misbehave = null;
        var sends = Enumerable.Range(0, 50).Select(value => pool.SendAsync(value)).ToArray();
        var redriven = await pool.RedriveAsync([ids[0], ids[2], 99]).Within();
        await Task.WhenAll(sends).Within();
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());

        redriven.ShouldBe(2);
        Receiver.Keys.Where(key => key is "test:1" or "test:3").ShouldBe(["test:1", "test:3"]);
        Receiver.Keys.Distinct().Count().ShouldBe(52);
        Receiver.Keys.Count.ShouldBe(52);
        journal.Status.Sinks["http"].Dead.ShouldBe(3);
    }

    [Fact]
    public async Task Pool_5_3_dropped_dead_letters_are_counted()
    {
        Receiver.Misbehave = Misbehaviour.Status(400);
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(2)).Within();
        await Deadline.Until(() => journal.Status.Sinks["http"].Dead == 2);
        var ids = (await journal.ReadDeadLettersAsync(DeadLetterFilter.Everything, 0, 10, default)).Select(letter => letter.Id).ToArray();

        (await pool.DropDeadLettersAsync(ids, "by-hand").Within()).ShouldBe(2);

        journal.Status.Sinks["http"].Dropped["by-hand"].ShouldBe(2);
        (await pool.RedriveAsync(ids).Within()).ShouldBe(0);
    }
}
