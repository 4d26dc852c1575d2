using Sluice.Actors.Pools;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>What any actor can say to a pool.</summary>
public sealed class MessageSpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_4_2_everything_is_asked_of_a_pool_by_message()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var parts = new PoolParts
        {
            MakeExporter = add => Rig.Http(add.Settings["url"]!, add.Name),
            OpenJournal = async (memory, _) => await OpenAsync(memory),
        };
        var pool = Rig.Start(Settings.Pool(), await OpenAsync(memory: false), parts, Rig.File()).Actor;

        (await Ask<PoolChanged>(pool, new AddExporter("http", new Dictionary<string, string?> { ["url"] = Receiver.Url }))).Items.ShouldBe(0);
        (await Ask<SendAnswer.Exported>(pool, new Send(PoolItem.Of(1)))).Results.Select(result => result.Successful).ShouldBe([true, false]);
        (await Ask<SendManyAnswer>(pool, new SendMany([PoolItem.Of(2), PoolItem.Of(3)]))).Answers.Count.ShouldBe(2);
        await Ask<SendAnswer.Accepted>(pool, new SaveUnsentData(PoolItem.Of(4), "http"));
        (await Ask<UnsentData>(pool, new HasUnsentData())).Items.ShouldBe(4);
        var http = (await Ask<PoolStatus>(pool, new GetStatus())).Exporters[1];
        (http.Sent, http.UnsentItems, http.UnsentBytes, http.OldestAge.HasValue).ShouldBe((0, 4, 4, true));
        http.LastError.ShouldNotBeNull().ShouldContain("503");
        (await Ask<PoolChanged>(pool, new SetUseMemory(true))).Items.ShouldBe(4);
        Receiver.Misbehave = null;
        (await Ask<UnsentDataSent>(pool, new SendUnsentData("http"))).Exporters.Single().Unsent.ShouldBe(0);
        (await Ask<PoolChanged>(pool, new RemoveExporter("http", UnsentDataFate.Keep))).Items.ShouldBe(0);

        Receiver.Items.Distinct().ShouldBe(["1", "2", "3", "4"]);
    }

    [Fact]
    public async Task A_pool_that_a_message_has_stopped_can_still_be_disposed()
    {
        var pool = Rig.Start(Settings.Pool(), await OpenAsync(memory: false), new PoolParts(), Rig.File());
        await Ask<Drained>(pool.Actor, new Drain(TimeSpan.Zero));
        await pool.Actor.WatchAsync().Within();

        await pool.DisposeAsync().AsTask().Within();
    }

    private static async Task<T> Ask<T>(IActorRef pool, object message) => (await pool.Ask<object>(message, Deadline.Length)).ShouldBeOfType<T>();

    private Task<Journal.IJournal> OpenAsync(bool memory) =>
        Rig.JournalAsync(change: settings => settings with { Kind = memory ? JournalKind.Memory : JournalKind.Sqlite });
}
