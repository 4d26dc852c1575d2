using System.Diagnostics;
using Xunit.Abstractions;

namespace Sluice.Acceptance.Tests.Members;

/// <summary>Real members on a real broker and database; the owner of a pool dies or freezes while twenty senders are busy.</summary>
public sealed class PoolTakeOverSpecs(ClusterServers servers, ITestOutputHelper log) : IClassFixture<ClusterServers>
{
    private const int Items = 1_000;
    private const int Senders = 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cluster_5_a_pool_whose_owner_is_killed_or_frozen_loses_nothing_that_was_acknowledged(bool isFrozen)
    {
        await using var run = await MemberRun.StartAsync(servers, "a", "b");
        var accepted = 0;
        var sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            for (var n = sender; n < Items; n += Senders)
            {
                await run.SendAsync(n);
                Interlocked.Increment(ref accepted);
            }
        }));
        await MemberRun.UntilAsync(() => Volatile.Read(ref accepted) >= Items / 4 || sending.IsFaulted, "a quarter accepted");

        var owner = await run.OwnerAsync();
        var start = Stopwatch.GetTimestamp();
        await (isFrozen ? run.FreezeAsync(owner) : KillAsync(run, owner));
        var heir = owner == "a" ? "b" : "a";
        await run.SeesAsync(heir);
        var removed = Stopwatch.GetElapsedTime(start);
        (await run.OwnerAsync()).ShouldBe(heir);
        var answered = Stopwatch.GetElapsedTime(start);
        await sending;
        if (isFrozen)
        {
            await run.ThawAsync(owner);
            await run.SeesAsync("a", "b");
            await run.SendAsync(Items);
        }

        await MemberRun.UntilAsync(() => Enumerable.Range(0, Items).Except(run.Delivered().Select(item => item.N)).Any() is false, "all delivered");
        var delivered = run.Delivered();
        log.WriteLine(
            $"{(isFrozen ? "SIGSTOP" : "kill -9")}: removed after {removed.TotalSeconds:N2} s, heir answers after {answered.TotalSeconds:N2} s, {accepted} accepted, 0 lost, "
            + $"{delivered.Count - delivered.DistinctBy(item => item.Key).Count()} delivered twice under one key.");
        delivered.GroupBy(item => item.Key).ShouldAllBe(ofKey => ofKey.Select(item => item.N).Distinct().Count() == 1, "two items under one key");
        delivered.GroupBy(item => item.N).Where(ofItem => ofItem.Select(item => item.Key).Distinct().Count() > 1).ShouldBeEmpty("one item under two keys");
    }

    [Fact]
    public async Task Cluster_5_sending_goes_on_while_owners_are_killed_frozen_and_leave()
    {
        string[] members = ["a", "b", "c"];
        await using var run = await MemberRun.StartAsync(servers, members);
        log.WriteLine(await run.MembersAsync());
        await using var load = run.Send();
        await load.MoreAsync(100);

        var killed = await run.OwnerAsync();
        load.Mark();
        run.Kill(killed);
        await load.MoreAsync(100);
        log.WriteLine($"kill -9 of {killed}: {load.LongestWait.TotalSeconds:N2} s without an acknowledgement");

        var frozen = await run.OwnerAsync();
        load.Mark();
        await run.FreezeAsync(frozen);
        await load.MoreAsync(100);
        log.WriteLine($"SIGSTOP of {frozen}: {load.LongestWait.TotalSeconds:N2} s without an acknowledgement");
        await run.ThawAsync(frozen);
        await run.SeesAsync([.. members.Where(member => member != killed)]);

        var leaving = await run.OwnerAsync();
        load.Mark();
        (await run.TerminateAsync(leaving)).ShouldBe(0);
        await load.MoreAsync(100);
        log.WriteLine($"SIGTERM of {leaving}: {load.LongestWait.TotalSeconds:N2} s without an acknowledgement");

        var (items, exitCode) = await load.EndAsync();
        exitCode.ShouldBe(0, string.Join('\n', load.Other));
        load.Acknowledged.ShouldBe(items);
        await MemberRun.UntilAsync(() => run.Delivered().Select(item => item.N).Distinct().Count() == items, $"all {items} delivered");
        run.Delivered().DistinctBy(item => item.Key).Count().ShouldBe(items, "one key for each");
        run.Said.ShouldAllBe(line => !line.Contains(servers.Broker.Password, StringComparison.Ordinal));
    }

    private static Task KillAsync(MemberRun run, string member)
    {
        run.Kill(member);
        return Task.CompletedTask;
    }
}
