namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Faults of the network between members and broker, the same on every kind of network that can play them.</summary>
public abstract class NetworkFaults : IAsyncLifetime
{
    private IFaultyNetwork _network = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _network = await CreateAsync();
        _scene = await Scene.StartAsync(_network.Broker, _network.HostsFor, _network.On);
    }

    public async Task DisposeAsync()
    {
        if (_scene is not null)
        {
            await _scene.DisposeAsync();
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
        }
    }

    [Fact]
    public async Task Cluster_7_cuts_one_way_cuts_and_losses_lose_nothing_and_never_make_two_owners()
    {
        await BriefCutOfThePublisherAsync();
        await LossAsync();
        await CutOfTheOwnerAsync();
        await OneWayCutOfTheNewOwnerAsync();

        await _scene.EndAsync($"all of these, one after the other ({_network.Kind})");
    }

    private async Task BriefCutOfThePublisherAsync()
    {
        _network.Cut("a");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        _network.Heal("a");

        await _scene.MoreAsync(50);
        await _scene.SurvivedAsync($"publisher cut off for 1 s ({_network.Kind})");
    }

    private async Task LossAsync()
    {
        foreach (var member in new[] { "a", "b", "c" })
        {
            _network.Lose(member, 0.1);
        }

        await _scene.MoreAsync(100);
        foreach (var member in new[] { "a", "b", "c" })
        {
            _network.Heal(member);
        }

        await _scene.MoreAsync(50);
        await _scene.SurvivedAsync($"10 % of all packets lost ({_network.Kind})");
    }

    // Whoever owns the queue by now: the loss may have moved it.
    private async Task CutOfTheOwnerAsync()
    {
        var (owner, heir) = Owner();
        var (joins, losses) = (Joins(owner), Losses(owner));
        _network.Cut(owner.Name);
        await _scene.UntilAsync(() => Losses(owner) > losses && Token(heir) > Token(owner), "the owner is lost, another one active");
        await _scene.MoreAsync(50);
        _network.Heal(owner.Name);
        await _scene.UntilAsync(() => Joins(owner) > joins, "it joins again");
        await _scene.SurvivedAsync($"owner cut off until lost, then healed ({_network.Kind})");
    }

    private async Task OneWayCutOfTheNewOwnerAsync()
    {
        await _scene.MoreAsync(50);
        var (owner, heir) = Owner();
        var (joins, losses) = (Joins(owner), Losses(owner));
        _network.CutOutgoing(owner.Name);
        await _scene.UntilAsync(() => Losses(owner) > losses && Token(heir) > Token(owner), "the owner is lost, another one active");
        await _scene.MoreAsync(50);
        _network.Heal(owner.Name);
        await _scene.UntilAsync(() => Joins(owner) > joins, "it joins again");
        await _scene.SurvivedAsync($"what the owner sends is lost, until it is lost, then healed ({_network.Kind})");
    }

    private (Mate Owner, Mate Heir) Owner() => Token(_scene.Owner) > Token(_scene.Heir) ? (_scene.Owner, _scene.Heir) : (_scene.Heir, _scene.Owner);

    private static long Token(Mate mate) =>
        mate.Said.LastOrDefault(line => line.StartsWith("active ", StringComparison.Ordinal)) is { } line ? long.Parse(line[7..], System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static int Joins(Mate mate) => mate.Said.Count(line => line.StartsWith("joined ", StringComparison.Ordinal));

    // Whoever of the others says so: each of them may be finding its own way back just then.
    private int Losses(Mate member) =>
        new[] { _scene.Publisher, _scene.Owner, _scene.Heir }.Sum(mate => mate.Said.Count(line => line.StartsWith($"lost {member.Name}:", StringComparison.Ordinal)));

    private protected abstract Task<IFaultyNetwork> CreateAsync();
}
