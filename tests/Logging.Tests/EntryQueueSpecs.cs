using System.Text;
using Sluice.Messages.Pools;
using Sluice.TestKit;

namespace Sluice.Logging.Tests;

/// <summary>The way of log entries to a pool that is slow or refuses; the test plays the pool.</summary>
public sealed class EntryQueueSpecs : Sluice.TestKit.TestKit
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task What_finds_no_room_is_counted_and_said_once_there_is()
    {
        await using var queue = new EntryQueue(TestActor, new PoolLoggerSettings { QueuedEntries = 2 }, _clock);
        queue.Add(Entry("1"));
        Next(out var first).ShouldBe(["1"]);

        foreach (var text in (string[])["2", "3", "4", "5"])
        {
            queue.Add(Entry(text));
        }

        queue.Dropped.ShouldBe(2);
        Accept(first);
        var next = Next(out var second);
        next.Take(2).ShouldBe(["2", "3"]);
        next[2].ShouldContain("2 log entries were dropped");
        Accept(second);
    }

    [Fact]
    public async Task What_is_refused_for_now_is_offered_again_and_only_that()
    {
        await using var queue = new EntryQueue(TestActor, new PoolLoggerSettings(), _clock);
        queue.Add(Entry("1"));
        Next(out var first);
        queue.Add(Entry("2"));
        queue.Add(Entry("3"));
        Accept(first);
        Next(out var both).ShouldBe(["2", "3"]);
        LastSender.Tell(new SendManyAnswer([new SendAnswer.Refused(RefusalReason.JournalFull, "full"), new SendAnswer.Accepted("k")]), TestActor);

        SendMany? again = null;
        AwaitCondition(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return HasMessages && Next(out again) is ["2"];
        });

        again!.MessageId.ShouldNotBe(both.MessageId);
        Accept(again);
        await queue.FlushAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        queue.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_pool_that_has_stopped_or_does_not_answer_never_takes_is_counted_at_the_end()
    {
        var queue = new EntryQueue(TestActor, new PoolLoggerSettings { DrainTimeout = TimeSpan.Zero }, _clock);
        queue.Add(Entry("1"));
        Next(out _);
        LastSender.Tell(new SendManyAnswer([new SendAnswer.Refused(RefusalReason.Stopping, "it stops")]), TestActor);
        queue.Add(Entry("2"));
        Next(out _).Length.ShouldBe(2);

        await queue.DisposeAsync();
        queue.Add(Entry("3"));

        queue.Dropped.ShouldBe(3);
    }

    private static PoolItem Entry(string text) => new() { Payload = Encoding.UTF8.GetBytes($"\"{text}\"") };

    private string[] Next(out SendMany message)
    {
        message = ExpectMsg<SendMany>();
        return [.. message.Items.Select(item => Encoding.UTF8.GetString(item.Payload.Span).Trim('"'))];
    }

    private void Accept(SendMany message) =>
        LastSender.Tell(new SendManyAnswer([.. message.Items.Select(static SendAnswer (_) => new SendAnswer.Accepted("k"))]), TestActor);
}
