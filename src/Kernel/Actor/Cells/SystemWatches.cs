using System.Collections.Immutable;
using Sluice.Instruments;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>The instruments that joined a running system, each with its choice of actors.</summary>
/// <param name="root">Gives the ref above all others.</param>
internal sealed class SystemWatches(Func<LocalActorRef> root)
{
    private ImmutableArray<Entry> _entries = [];

    public IDisposable Add(EventLoopInstrument instrument, Predicate<IInstrumented> wants)
    {
        var entry = new Entry(this, InstrumentScope.Detached(instrument, isInherited: false), wants);
        ImmutableInterlocked.Update(ref _entries, static (entries, added) => entries.Add(added), entry);
        // An actor made meanwhile is met twice and joins once.
        Reach(root(), entry);
        return entry;
    }

    /// <summary>Those who watch a new actor: those inherited, and who chooses it.</summary>
    public CompositeInstrument? Join(ActorCell cell, CompositeInstrument? inherited)
    {
        foreach (var entry in _entries)
        {
            if (entry.Scope.IsActive && entry.Wants(cell))
            {
                inherited = CompositeInstrument.With(inherited, entry.Scope);
            }
        }
        return inherited;
    }

    private static void Reach(LocalActorRef actor, Entry entry)
    {
        if (entry.Wants(actor.Cell))
        {
            actor.AddInstrument(entry.Scope);
        }
        foreach (var child in actor.GetChildren())
        {
            Reach((LocalActorRef)child, entry);
        }
    }

    private sealed class Entry(SystemWatches watches, InstrumentScope scope, Predicate<IInstrumented> wants) : IDisposable
    {
        public InstrumentScope Scope => scope;

        public Predicate<IInstrumented> Wants => wants;

        public void Dispose()
        {
            scope.Dispose();
            ImmutableInterlocked.Update(ref watches._entries, static (entries, ended) => entries.Remove(ended), this);
        }
    }
}
