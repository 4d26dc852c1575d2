using Sluice.Kernel.Dispatch;
using Sluice.Kernel.Dispatch.SysMsg;
using Xunit.Abstractions;

namespace Sluice.Kernel.Tests.Dispatch;

/// <summary>What must hold in every order of the mailbox's atomic steps, up to a number of preemptions.</summary>
public sealed class MailboxInterleavingSpecs(ITestOutputHelper output)
{
    [Fact]
    public void Every_message_is_handled_once_in_the_order_of_its_sender() => Explore(preemptions: 2, explorer =>
    {
        var mailbox = new ExploredMailbox(explorer, throughput: 2);
        explorer.Start(() => Post(mailbox, 11, 12));
        explorer.Start(() => Post(mailbox, 21, 22));
        return () =>
        {
            mailbox.Handled.Order().ShouldBe([11, 12, 21, 22]);
            InOrderOfTheirSenders(mailbox.Handled);
            IsAtRest(mailbox);
        };
    });

    [Fact]
    public void A_message_that_comes_as_a_turn_ends_is_not_left_behind() => Explore(preemptions: 2, explorer =>
    {
        var mailbox = new ExploredMailbox(explorer, throughput: 1);
        explorer.Start(() => Post(mailbox, 11));
        explorer.Start(() => Post(mailbox, 21));
        return () =>
        {
            mailbox.Handled.Order().ShouldBe([11, 21]);
            IsAtRest(mailbox);
        };
    });

    [Fact]
    public void A_message_told_while_the_mailbox_closes_is_handled_or_lost_once() => Explore(preemptions: 2, explorer =>
    {
        var mailbox = new ExploredMailbox(explorer, throughput: 5);
        explorer.Start(() => Post(mailbox, 11, 12));
        explorer.Start(() => mailbox.PostSystem(new Terminate()));
        return () =>
        {
            mailbox.Handled.Concat(mailbox.LostMessages).Order().ShouldBe([11, 12]);
            mailbox.Status.IsClosed.ShouldBeTrue();
            IsAtRest(mailbox);
        };
    });

    [Fact]
    public void A_system_message_is_handled_or_lost_once_and_never_kept() => Explore(preemptions: 2, explorer =>
    {
        var mailbox = new ExploredMailbox(explorer, throughput: 1);
        var others = new SystemMessage[] { new Create(), new Create() };
        explorer.Start(() => mailbox.PostSystem(others[0]));
        explorer.Start(() => mailbox.PostSystem(others[1]));
        explorer.Start(() => mailbox.PostSystem(new Terminate()));
        return () =>
        {
            mailbox.HandledSystem.Concat(mailbox.LostSystemMessages).OfType<Create>().ShouldBe(others, ignoreOrder: true);
            IsAtRest(mailbox);
        };
    });

    [Fact]
    public void A_suspended_mailbox_holds_its_messages_until_it_is_resumed() => Explore(preemptions: 2, explorer =>
    {
        var mailbox = new ExploredMailbox(explorer, throughput: 1);
        mailbox.Suspend();
        explorer.Start(() => Post(mailbox, 11, 12));
        explorer.Start(() =>
        {
            mailbox.Handled.ShouldBeEmpty();
            mailbox.PostSystem(new Resume(null));
        });
        return () =>
        {
            mailbox.Handled.ShouldBe([11, 12]);
            IsAtRest(mailbox);
        };
    });

    [Fact]
    public void A_ring_that_fills_up_is_followed_by_a_larger_one_without_loss() => Explore(preemptions: 2, explorer =>
    {
        var queue = new UnboundedQueue<Stepped>();
        var taken = new List<object>();
        explorer.Start(() => Add(queue, 11, 12, 13));
        explorer.Start(() => Add(queue, 21, 22));
        explorer.Start(() => Take(queue, taken));
        return () =>
        {
            Take(queue, taken);
            taken.Order().ShouldBe([11, 12, 13, 21, 22]);
            InOrderOfTheirSenders(taken);
            queue.HasMessages.ShouldBeFalse();
        };
    });

    [Fact]
    public void The_explorer_finds_an_update_that_gets_lost() => Should.Throw<ShouldAssertException>(() => Explore(preemptions: 1, explorer =>
    {
        var counter = 0;
        void Increment()
        {
            var seen = counter;
            Stepped.Before(Step.ReadStatus);
            counter = seen + 1;
        }
        explorer.Start(Increment);
        explorer.Start(Increment);
        return () => counter.ShouldBe(2);
    }));

    private static void Post(ExploredMailbox mailbox, params object[] messages)
    {
        foreach (var message in messages)
        {
            mailbox.Post(message, null);
        }
    }

    private static void Add(UnboundedQueue<Stepped> queue, params object[] messages)
    {
        foreach (var message in messages)
        {
            queue.TryEnqueue(message, null, out _).ShouldBeTrue();
        }
    }

    private static void Take(UnboundedQueue<Stepped> queue, List<object> taken)
    {
        while (queue.TryDequeue(out var envelope))
        {
            taken.Add(envelope.Message);
        }
    }

    private static void InOrderOfTheirSenders(IEnumerable<object> handled)
    {
        foreach (var sender in handled.Cast<int>().GroupBy(message => message / 10))
        {
            sender.ShouldBeInOrder();
        }
    }

    private static void IsAtRest(ExploredMailbox mailbox)
    {
        mailbox.Status.IsClaimed.ShouldBeFalse();
        mailbox.HasMessages.ShouldBeFalse();
    }

    private void Explore(int preemptions, Func<Explorer, Action> program)
    {
        var explorer = new Explorer(preemptions);
        explorer.Explore(program);
        output.WriteLine($"{explorer.Schedules} schedules with up to {preemptions} preemptions");
    }
}
