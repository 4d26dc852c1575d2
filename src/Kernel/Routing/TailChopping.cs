using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>
/// Asks one at random, and after each interval without an answer one more. The sender gets the first answer, or a
/// <see cref="Status.Failure"/> with <see cref="AskTimeoutException"/> when none came within the time.
/// </summary>
public sealed class TailChoppingRoutingLogic(ActorSystem system, TimeSpan within, TimeSpan interval) : RoutingLogic
{
    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : new TailChopping(routees, ((ExtendedActorSystem)system).TimeProvider, within, interval);

    private sealed class TailChopping(Routee[] routees, TimeProvider time, TimeSpan within, TimeSpan interval) : Routee
    {
        // PipeTo reports every end of the ask to the sender, so there is nothing to await here.
        public override void Send(object message, IActorRef? sender) => _ = Ask(message, within).PipeTo(sender ?? ActorRefs.Nobody);

        public override async Task<object> Ask(object message, TimeSpan? timeout)
        {
            using var end = new CancellationTokenSource();
            var limit = timeout ?? within;
            var start = time.GetTimestamp();
            var asked = new List<Task<object>>();
            foreach (var routee in Shuffled())
            {
                var left = limit - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    break;
                }
                var next = Task.Delay(interval, time, end.Token);
                asked.Add(routee.Ask(message, left));
                await Task.WhenAny([next, .. asked]).ConfigureAwait(false);
                if (asked.Exists(ask => ask.IsCompletedSuccessfully))
                {
                    break;
                }
            }
            await end.CancelAsync().ConfigureAwait(false);
            return await Answers.First(asked).ConfigureAwait(false);
        }

        private Routee[] Shuffled()
        {
            Routee[] shuffled = [.. routees];
            Random.Shared.Shuffle(shuffled);
            return shuffled;
        }
    }
}

/// <summary>A pool that asks one, and after each interval without an answer one more.</summary>
public sealed class TailChoppingPool(int nrOfInstances, TimeSpan within, TimeSpan interval, SupervisorStrategy? supervisorStrategy = null)
    : Pool(nrOfInstances, supervisorStrategy)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new TailChoppingRoutingLogic(system, within, interval));
}

/// <summary>A group of which it asks one, and after each interval without an answer one more.</summary>
public sealed class TailChoppingGroup(IEnumerable<string> paths, TimeSpan within, TimeSpan interval) : Group(paths)
{
    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) => new(new TailChoppingRoutingLogic(system, within, interval));
}
