using Sluice.Cluster.Transport;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>The calls to a member, one at a time, each decided on its roster as it is at that moment.</summary>
internal sealed class MemberCalls(Roster roster, IMemberReceiver receiver)
{
    private readonly Turn _turn = new();

    // In turn.
    private TransportState _told = TransportState.Closed;

    /// <summary>Does something in turn.</summary>
    public async Task InTurnAsync(Func<Roster, IMemberReceiver, Task> act)
    {
        await _turn.EnterAsync().ConfigureAwait(false);
        try
        {
            await act(roster, receiver).ConfigureAwait(false);
        }
        finally
        {
            _turn.Leave();
        }
    }

    /// <summary>Reads the roster in turn.</summary>
    public async Task<T> AskAsync<T>(Func<Roster, T> read)
    {
        await _turn.EnterAsync().ConfigureAwait(false);
        try
        {
            return read(roster);
        }
        finally
        {
            _turn.Leave();
        }
    }

    /// <summary>Changes the roster and tells the member what follows.</summary>
    public Task TellAsync(Func<Roster, IReadOnlyList<Action<IMemberReceiver>>> decide) => InTurnAsync((_, _) =>
    {
        Tell_NeedsTurn(decide(roster));
        return Task.CompletedTask;
    });

    /// <summary>Tells the member how the connection stands, unless it knows.</summary>
    public Task TellStateAsync(TransportState state) => TellAsync(_ =>
    {
        if (state == _told || state == TransportState.Closed)
        {
            return [];
        }

        var isNews = _told != TransportState.Closed;
        _told = state;
        return isNews ? [member => member.StateChanged(state)] : [];
    });

    public void Tell_NeedsTurn(IReadOnlyList<Action<IMemberReceiver>> calls)
    {
        foreach (var call in calls)
        {
            call(receiver);
        }
    }
}
