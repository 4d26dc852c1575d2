using Sluice.Actors.Pools.Policies;
using Sluice.Actors.Pools.Retries;
using Sluice.Actors.Pools.Sending;
using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>The pool's exporters, in their order.</summary>
internal sealed class Roster(ExporterPoolSettings settings, PoolParts parts)
{
    private readonly List<Seat> _seats = [];
    private string[]? _counting;

    /// <summary>How far they have come, and what follows from that.</summary>
    public Lanes Lanes { get; } = new(settings.Policy, settings.NumThreads);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Seat> Seats => _seats;

    /// <summary>The names of those that are no shadows.</summary>
    public string[] Counting => _counting ??= [.. _seats.Where(seat => !seat.IsShadow && seat.Leaving is null).Select(seat => seat.Name)];

    /// <summary>Deliveries after which an item needs no further one.</summary>
    public int Required => settings.Policy.Required(Counting.Length);

    /// <summary>The exporter of that name; null when there is none.</summary>
    public Seat? Find(string name) => _seats.Find(seat => seat.Name == name);

    /// <summary>A further exporter, the last in order.</summary>
    public Seat Add(PoolExporter exporter, IJournal journal, long lastOrder)
    {
        var seat = new Seat
        {
            Context = new ExporterContext
            {
                Pool = settings.Name,
                Sink = exporter.Sink,
                Settings = exporter.Settings,
                Save = exporter.Settings.Shadow ? SaveMode.Off : settings.Save,
                ManualReexport = settings.ManualReexport,
                ReportsProgress = !exporter.Settings.Shadow,
                Journal = journal,
                Time = parts.Time,
                Random = parts.Random,
            },
            Restarts = new RetrySchedule(settings.Restart, parts.Time, parts.Random),
            Lane = exporter.Settings.Shadow ? null : Lanes.Add(exporter.Sink.Name, lastOrder),
        };
        _seats.Add(seat);
        Changed();
        return seat;
    }

    /// <summary>An exporter leaves: no new item is for it.</summary>
    public void Leave(Seat seat, PoolChange change)
    {
        seat.Leaving = change;
        Lanes.Remove(seat.Name);
        Changed();
    }

    /// <summary>An exporter has left.</summary>
    public void Remove(Seat seat)
    {
        _seats.Remove(seat);
        Changed();
    }

    /// <summary>Tells every living exporter.</summary>
    public void TellAll(object message, IActorRef pool)
    {
        foreach (var seat in _seats)
        {
            seat.Actor?.Tell(message, pool);
        }
    }

    private void Changed() => _counting = null;
}
