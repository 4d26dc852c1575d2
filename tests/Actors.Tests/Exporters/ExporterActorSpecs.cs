using System.Collections.Concurrent;
using Sluice.Actors.Exporters;
using Sluice.Actors.Tests.Pools;
using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Exporters.Isolation;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Messages.Exporters;

namespace Sluice.Actors.Tests.Exporters;

public sealed class ExporterActorSpecs : IAsyncLifetime, IAsyncDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("exporters", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
    private readonly Counting _original = new();
    private ExporterActors _exporter = null!;

    public Task InitializeAsync()
    {
        _exporter = ExporterActors.Start(_system, _original);
        return Task.CompletedTask;
    }

    Task IAsyncLifetime.DisposeAsync() => _system.Terminate();

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task Exporters_3_1_each_run_has_a_copy_of_its_own_that_shares_the_originals_resources()
    {
        var (one, two) = (new EventStream(), new EventStream());
        await _exporter.ObserveAsync(Run("one", one)).Within();
        await _exporter.ObserveAsync(Run("two", two)).Within();

        Publish(one, 3);
        Publish(two, 5);
        await Deadline.Until(() => _original.Shared.Count == 8);

        var copies = await CopiesAsync(2);
        copies.Select(copy => (copy.Context, copy.Events)).ShouldBe([("one", 3), ("two", 5)]);
        _original.Seen.ShouldBe(0);
    }

    [Fact]
    public async Task Exporters_3_1_a_copy_that_fails_starts_again_with_fresh_state_and_the_others_do_not_notice()
    {
        var (bad, good) = (new EventStream(), new EventStream());
        await _exporter.ObserveAsync(Run("bad", bad)).Within();
        await _exporter.ObserveAsync(Run("good", good)).Within();
        Publish(bad, 4);
        Publish(good, 4);

        Publish(bad, 1, name: "poison");
        Publish(bad, 2);
        Publish(good, 2);
        await Deadline.Until(() => _original.Shared.Count == 12);

        var copies = await CopiesAsync(2);
        copies.Select(copy => (copy.Context, copy.Events, copy.Restarts)).ShouldBe([("bad", 2, 1), ("good", 6, 0)]);
        _original.Shared.Where(entry => entry.Context == "bad").Select(entry => entry.Number).ShouldBe([1, 2, 3, 4, 1, 2]);
    }

    [Fact]
    public async Task Exporters_3_2_a_copy_ends_when_its_run_does_after_passing_on_what_it_holds()
    {
        var run = new EventStream();
        await _exporter.ObserveAsync(Run("run", run)).Within();
        Publish(run, 2);

        run.Complete();
        await Deadline.Until(async () => (await _exporter.GetCopiesAsync()).Ended == 1);

        (await _exporter.GetCopiesAsync().Within()).Copies.ShouldBeEmpty();
        _original.Flushed.ShouldBe(["run"]);
    }

    [Fact]
    public async Task Exporters_3_2_a_run_of_the_same_name_can_be_observed_again_as_soon_as_the_first_is_over()
    {
        for (var round = 1; round <= 3; round++)
        {
            var run = new EventStream();
            await _exporter.ObserveAsync(Run("run", run)).Within();
            Publish(run, 1);
            run.Complete();
        }

        await Deadline.Until(async () => (await _exporter.GetCopiesAsync()).Ended == 3);
        _original.Shared.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Exporters_3_1_a_thousand_runs_at_once_share_one_exporter_and_mix_nothing()
    {
        var runs = Enumerable.Range(0, 1000).Select(number => (Name: $"run {number}", Events: new EventStream())).ToArray();
        await Task.WhenAll(runs.Select(run => _exporter.ObserveAsync(Run(run.Name, run.Events)))).Within();

        Parallel.ForEach(runs, run => Publish(run.Events, 10));
        await Deadline.Until(() => _original.Shared.Count == 10_000);

        foreach (var run in _original.Shared.GroupBy(entry => entry.Context))
        {
            run.Select(entry => entry.Number).ShouldBe(Enumerable.Range(1, 10));
        }
    }

    /// <summary>All copies: one that a busy machine keeps from answering in time is left out of a list, and asked again.</summary>
    private async Task<IReadOnlyList<CopyStatus>> CopiesAsync(int count)
    {
        IReadOnlyList<CopyStatus> copies = [];
        await Deadline.Until(async () => (copies = (await _exporter.GetCopiesAsync()).Copies).Count == count);
        return copies;
    }

    private static ContextState Run(string name, EventStream events) => new() { Name = name, Events = events };

    private static void Publish(EventStream events, int count, string name = "node")
    {
        for (var index = 0; index < count; index++)
        {
            events.Publish(new ExporterEvent
            {
                Kind = EventKind.Happened,
                Id = $"{index}",
                Name = name,
                Category = "node",
                Time = DateTimeOffset.UnixEpoch,
            });
        }
    }

    /// <summary>Counts what it sees in isolated state, and notes each count in a list that all copies share.</summary>
    private sealed class Counting : BaseExporter
    {
        private static readonly IsolatedAttribute<int> Count = new(() => 0);

        public ConcurrentQueue<(string Context, int Number)> Shared { get; } = [];

        public ConcurrentQueue<string> Flushed { get; } = [];

        public int Seen => Count[this];

        public override void Export(ExporterEvent happened)
        {
            if (happened.Name == "poison")
            {
                throw new InvalidOperationException("poison");
            }

            Count[this]++;
            Shared.Enqueue((Context.Name, Count[this]));
        }

        protected override ValueTask OnCleanupAsync()
        {
            Flushed.Enqueue(Context.Name);
            return ValueTask.CompletedTask;
        }
    }
}
