using RabbitMQ.Client;
using Sluice.Cluster.Transport;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>A member's claims on durable queues; they move with it from session to session.</summary>
internal sealed class Claims(SendGate gate, Names names, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Claim> _all = [];

    // A probe that nobody took for some pulses says nothing any more.
    private static BasicProperties Probe { get; } = new() { Type = Control.Probe, Expiration = "10000" };

    public async Task<IQueueConsumption> AddAsync(string queue, int prefetch, IQueueReceiver receiver, CancellationToken cancellationToken)
    {
        var claim = new Claim(queue, prefetch, receiver, names, Probe, Remove);
        lock (_gate)
        {
            _all.Add(claim);
        }

        try
        {
            while (!await TryStartAsync(claim, await gate.SendableAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }

            return claim;
        }
        catch
        {
            await claim.ReleaseAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task StartAsync(Session session, CancellationToken cancellationToken) => EachAsync(claim => claim.StartAsync(session, cancellationToken));

    public Task SuspendAsync(string reason) => EachAsync(claim => claim.SuspendAsync(reason));

    public Task ReleaseAsync() => EachAsync(claim => claim.ReleaseAsync());

    /// <summary>Asks for all that do not know whether it is their turn.</summary>
    public Task AskAsync(Session session) => session.IsBlocked ? Task.CompletedTask : EachAsync(claim => claim.AskAsync(session));

    private static async Task<bool> TryStartAsync(Claim claim, Session session, CancellationToken cancellationToken)
    {
        try
        {
            await claim.StartAsync(session, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (RabbitConnector.IsOfTheConnection(fault))
        {
            session.Fail(fault.Message);
            return false;
        }
    }

    private async Task EachAsync(Func<Claim, Task> act)
    {
        Claim[] claims;
        lock (_gate)
        {
            claims = [.. _all];
        }

        foreach (var claim in claims)
        {
            await act(claim).ConfigureAwait(false);
        }
    }

    private void Remove(Claim claim)
    {
        lock (_gate)
        {
            _all.Remove(claim);
        }
    }
}
