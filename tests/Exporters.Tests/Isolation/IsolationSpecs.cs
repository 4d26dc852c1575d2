using Sluice.Exporters.Isolation;

namespace Sluice.Exporters.Tests.Isolation;

public sealed class IsolationSpecs
{
    private static readonly ContextState Run = new() { Name = "run 1" };

    [Fact]
    public void Exporters_1_1_what_is_declared_isolated_is_a_copys_own_and_everything_else_is_shared()
    {
        var original = new Probe();
        original.Seen.Add("original");

        var copy = (Probe)original.CreateIsolatedInstance(Run);

        copy.Client.ShouldBeSameAs(original.Client);
        copy.Seen.ShouldNotBeSameAs(original.Seen);
    }

    [Fact]
    public void Exporters_1_2_the_factory_runs_at_the_first_read_and_once()
    {
        var made = 0;
        var attribute = new IsolatedAttribute<object>(() =>
        {
            made++;
            return new object();
        });
        var exporter = new Probe();
        made.ShouldBe(0);

        var first = attribute[exporter];

        attribute[exporter].ShouldBeSameAs(first);
        made.ShouldBe(1);
    }

    [Fact]
    public void Exporters_1_2_a_write_replaces_the_state_and_before_the_first_read_spares_the_factory()
    {
        var attribute = new IsolatedAttribute<string>(() => throw new InvalidOperationException("The factory ran."));
        var exporter = new Probe();

        attribute[exporter] = "written";
        attribute[exporter] = "again";

        attribute[exporter].ShouldBe("again");
    }

    [Fact]
    public async Task Exporters_1_2_threads_that_read_first_together_get_the_same_object()
    {
        var made = 0;
        var attribute = new IsolatedAttribute<object>(() =>
        {
            Interlocked.Increment(ref made);
            return new object();
        });
        for (var round = 0; round < 200; round++)
        {
            made = 0;
            var exporter = new Probe();
            using var together = new Barrier(4);

            var objects = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return attribute[exporter];
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))).Within();

            objects.Distinct().Count().ShouldBe(1);
            made.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Exporters_1_3_a_copy_has_its_own_context_and_is_neither_subscribed_nor_running()
    {
        var events = new Exporters.Events.EventStream();
        var original = new Probe(new ContextState { Name = "original", Events = events });
        await using var running = await original.StartAsync();

        var copy = (Probe)original.CreateIsolatedInstance(Run);
        events.Publish(Happenings.Moment());

        copy.Context.ShouldBeSameAs(Run);
        copy.IsRunning.ShouldBeFalse();
        copy.Seen.ShouldBeEmpty();
        copy.Counters.ShouldBe(default);
        original.Seen.Count.ShouldBe(1);
        original.IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Exporters_1_3_every_attribute_is_reset_those_of_base_classes_included_read_before_or_never(bool readBefore)
    {
        var original = new DerivedProbe();
        if (readBefore)
        {
            original.Seen.Add("seen");
            original.Pending["a"] = 1;
            original.Total = 8;
        }

        var copy = (DerivedProbe)original.CreateIsolatedInstance(Run);

        copy.Seen.ShouldBeEmpty();
        copy.Pending.ShouldBeEmpty();
        copy.Total.ShouldBe(7);
        original.Total.ShouldBe(readBefore ? 8 : 7);
    }

    [Fact]
    public void Exporters_1_3_state_never_shows_in_the_original_nor_between_copies()
    {
        var original = new Probe();
        var first = (Probe)original.CreateIsolatedInstance(Run);
        var second = (Probe)original.CreateIsolatedInstance(Run);

        first.Seen.Add("first");
        first.TotalReference++;
        second.Seen = ["second"];
        original.Seen.Add("original");

        (first.Seen, second.Seen, original.Seen).ShouldSatisfyAllConditions(
            seen => seen.Item1.ShouldBe(["first"]), seen => seen.Item2.ShouldBe(["second"]), seen => seen.Item3.ShouldBe(["original"]));
        (first.Total, second.Total, original.Total).ShouldBe((8, 7, 7));
    }

    [Fact]
    public void Exporters_1_3_a_copy_of_a_copy_is_as_fresh_as_one_of_the_original()
    {
        var copy = (Probe)new Probe().CreateIsolatedInstance(Run);
        copy.Seen.Add("copy");

        var next = (Probe)copy.CreateIsolatedInstance(Run);

        next.Seen.ShouldBeEmpty();
        next.Client.ShouldBeSameAs(copy.Client);
        next.Name.ShouldBe("Probe (isolated)");
    }

    [Fact]
    public void Exporters_1_4_a_copy_says_that_it_is_one_and_carries_its_originals_name()
    {
        var original = new Probe(name: "to the archive");

        var copy = original.CreateIsolatedInstance(Run);

        (original.IsIsolatedInstance, original.Name).ShouldBe((false, "to the archive"));
        (copy.IsIsolatedInstance, copy.Name).ShouldBe((true, "to the archive (isolated)"));
    }
}
