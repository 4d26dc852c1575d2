using Sluice.Actors.Pools.Sending;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Requests to send unsent data, until every exporter asked has said what became of it.</summary>
internal sealed class ResendRounds(Roster roster, IActorRef pool)
{
    private readonly List<Round> _rounds = [];

    /// <summary>Asks the exporters.</summary>
    public void Begin(SendUnsentData request, IActorRef asker, long head)
    {
        var seats = roster.Seats
            .Where(seat => seat.Actor is not null && !seat.IsShadow && (request.Exporter is null || seat.Name == request.Exporter))
            .ToArray();
        var round = new Round(asker, [.. seats.Select(seat => seat.Name)]);
        _rounds.Add(round);
        foreach (var seat in seats)
        {
            seat.Actor!.Tell(new SendSaved(head), pool);
        }

        Answer(round);
    }

    /// <summary>An exporter has answered; its oldest question is meant.</summary>
    public void Take(UnsentDataResult result)
    {
        if (_rounds.Find(round => round.IsWaitingFor(result.Exporter)) is { } round)
        {
            round.Add(result);
            Answer(round);
        }
    }

    /// <summary>An exporter is gone and will not answer.</summary>
    public void GiveUpOn(string exporter, long unsent)
    {
        foreach (var round in _rounds.Where(round => round.IsWaitingFor(exporter)).ToArray())
        {
            round.Add(new UnsentDataResult(exporter, 0, 0, unsent, "The exporter stopped before it had sent everything.", []));
            Answer(round);
        }
    }

    private void Answer(Round round)
    {
        if (round.IsComplete)
        {
            _rounds.Remove(round);
            round.Asker.Tell(new UnsentDataSent(round.Results), pool);
        }
    }

    private sealed class Round(IActorRef asker, string[] exporters)
    {
        private readonly UnsentDataResult?[] _results = new UnsentDataResult?[exporters.Length];

        public IActorRef Asker => asker;

        public bool IsComplete => Array.TrueForAll(_results, result => result is not null);

        public IReadOnlyList<UnsentDataResult> Results => [.. _results.OfType<UnsentDataResult>()];

        public bool IsWaitingFor(string exporter) => Array.IndexOf(exporters, exporter) is >= 0 and var at && _results[at] is null;

        public void Add(UnsentDataResult result) => _results[Array.IndexOf(exporters, result.Exporter)] = result;
    }
}
