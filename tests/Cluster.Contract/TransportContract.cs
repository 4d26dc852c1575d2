using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Contract;

/// <summary>What every suite of the contract stands on: a broker of its own, and members that join it.</summary>
public abstract class TransportContract : IAsyncLifetime
{
    private readonly List<TestMember> _members = [];

    protected TransportRig Rig { get; private set; } = null!;

    protected abstract Task<TransportRig> CreateRigAsync();

    public async Task InitializeAsync() => Rig = await CreateRigAsync();

    public async Task DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }
        await Rig.DisposeAsync();
    }

    protected TestMember NewMember(string name, int incarnation = 1) => NewMember(TestMember.InfoOf(name, incarnation));

    protected TestMember NewMember(MemberInfo info)
    {
        var member = new TestMember(Rig.CreateTransport(), info);
        _members.Add(member);
        return member;
    }

    protected async Task<TestMember> JoinAsync(string name, int incarnation = 1)
    {
        var member = NewMember(name, incarnation);
        await member.JoinAsync();
        return member;
    }

    /// <summary>Two members that know each other.</summary>
    protected async Task<(TestMember A, TestMember B)> TwoAsync()
    {
        var a = await JoinAsync("a");
        var b = await JoinAsync("b");
        await a.Events.UntilSeenAsync("up b:1");
        await b.Events.UntilSeenAsync("up a:1");
        return (a, b);
    }
}
