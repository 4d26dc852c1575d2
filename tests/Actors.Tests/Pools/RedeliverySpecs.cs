using Sluice.Actors.Pools;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>Messages that a queue delivers again, because their acknowledgement was lost.</summary>
public sealed class RedeliverySpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_2_2_a_message_delivered_again_is_answered_with_its_first_key_and_exported_once()
    {
        var pool = (await Rig.StartAsync(Rig.File())).Actor;

        var first = (await AskAsync(pool, new Send(PoolItem.Of(1), "m1"))).ShouldBeOfType<SendAnswer.Exported>();
        var again = (await AskAsync(pool, new Send(PoolItem.Of(1), "m1"))).ShouldBeOfType<SendAnswer.Accepted>();
        await AskAsync(pool, new Send(PoolItem.Of(2), "m2"));

        again.Key.ShouldBe(first.Key);
        Rig.Lines().Length.ShouldBe(2);
    }

    [Fact]
    public async Task Pool_2_2_a_message_delivered_again_after_the_process_that_took_it_ended_is_known()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var former = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url));
        var first = (await AskAsync(former.Actor, new SendMany([PoolItem.Of(1), PoolItem.Of(2)], "m1"))).ShouldBeOfType<SendManyAnswer>();
        await former.DrainAsync(TimeSpan.Zero).Within();

        Receiver.Misbehave = null;
        var successor = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url));
        var again = (await AskAsync(successor.Actor, new SendMany([PoolItem.Of(1), PoolItem.Of(2)], "m1"))).ShouldBeOfType<SendManyAnswer>();
        await AskAsync(successor.Actor, new Send(PoolItem.Of(3), "m2"));
        await Receiver.Until(3);

        again.Answers.ShouldBe(first.Answers);
        Receiver.Keys.Distinct().ShouldBe(Keys(3));
        Receiver.Keys.Zip(Receiver.Items).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_message_that_arrives_many_times_at_once_among_others_is_taken_once()
    {
        var pool = (await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.File())).Actor;

        var asked = Enumerable.Range(0, 60).Select(number => AskAsync(pool, new Send(PoolItem.Of(number % 3), $"m{number % 3}"))).ToArray();
        var keys = (await Task.WhenAll(asked)).Select(answer => answer.ShouldBeOfType<SendAnswer.Accepted>().Key).ToArray();
        var last = (await AskAsync(pool, new Send(PoolItem.Of(3)))).ShouldBeOfType<SendAnswer.Accepted>();

        keys.ShouldBe(Enumerable.Range(0, 60).Select(number => $"test:{(number % 3) + 1}"));
        last.Key.ShouldBe("test:4");
    }

    [Fact]
    public async Task Pool_1_9_a_message_is_known_in_the_journal_that_the_pool_has_changed_to()
    {
        var parts = new PoolParts { OpenJournal = async (memory, _) => await OpenAsync(memory) };
        var pool = Rig.Start(Settings.Pool() with { WaitForResult = false }, await OpenAsync(memory: false), parts, Rig.File()).Actor;
        var first = await AskAsync(pool, new Send(PoolItem.Of(1), "m1"));

        (await AskAsync(pool, new SetUseMemory(true))).ShouldBeOfType<PoolChanged>();
        var inMemory = await AskAsync(pool, new Send(PoolItem.Of(1), "m1"));
        var second = await AskAsync(pool, new Send(PoolItem.Of(2), "m2"));
        (await AskAsync(pool, new SetUseMemory(false))).ShouldBeOfType<PoolChanged>();
        var onDisk = await AskAsync(pool, new Send(PoolItem.Of(1), "m1"));
        var secondOnDisk = await AskAsync(pool, new Send(PoolItem.Of(2), "m2"));

        inMemory.ShouldBe(first);
        onDisk.ShouldBe(first);
        secondOnDisk.ShouldBe(second);
    }

    [Fact]
    public async Task An_item_saved_by_hand_is_saved_once_per_message_too()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var pool = (await Rig.StartAsync(Rig.Http(Receiver.Url))).Actor;

        var first = await AskAsync(pool, new SaveUnsentData(PoolItem.Of(1), "http", "m1"));
        var again = await AskAsync(pool, new SaveUnsentData(PoolItem.Of(1), "http", "m1"));

        again.ShouldBe(first);
        (await AskAsync(pool, new HasUnsentData())).ShouldBe(new UnsentData(1));
    }

    [Fact]
    public async Task A_message_id_that_no_journal_could_keep_is_refused()
    {
        var pool = (await Rig.StartAsync(Rig.File())).Actor;

        var refused = (await AskAsync(pool, new Send(PoolItem.Of(1), new string('x', 300)))).ShouldBeOfType<SendAnswer.Refused>();

        refused.Message.ShouldBe("A message id has between 1 and 256 characters, and this one has 300.");
    }

    private static Task<object> AskAsync(IActorRef pool, object message) => pool.Ask<object>(message, Deadline.Length);

    private Task<Journal.IJournal> OpenAsync(bool memory) =>
        Rig.JournalAsync(change: settings => settings with { Kind = memory ? JournalKind.Memory : JournalKind.Sqlite });
}
