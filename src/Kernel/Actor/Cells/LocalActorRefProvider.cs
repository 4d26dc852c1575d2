using System.Collections.Concurrent;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>The guardians of a system, and the ways from a path to a ref.</summary>
internal sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _temporary = new(StringComparer.Ordinal);
    private readonly ActorSystemImpl _system;
    private readonly SystemEnd _end;
    private readonly ActorPath _temp;
    private LocalActorRef? _root;
    private LocalActorRef? _user;
    private LocalActorRef? _own;
    private long _temporaries;

    public LocalActorRefProvider(ActorSystemImpl system, ActorPath root, SystemEnd end)
    {
        _system = system;
        _end = end;
        _temp = root.Child("temp");
        RootPath = root;
        DefaultAddress = root.Address;
        DeadLetters = new DeadLetterActorRef(this, root.Child("deadLetters"), system.EventStream);
    }

    public ActorSystem System => _system;

    public IInternalActorRef RootGuardian => _root!;

    public IInternalActorRef Guardian => _user!;

    public IInternalActorRef SystemGuardian => _own!;

    public IActorRef DeadLetters { get; }

    public ActorPath RootPath { get; }

    public Address DefaultAddress { get; set; }

    public Func<ActorPath, IActorRef>? RemoteResolver { get; set; }

    public void Start()
    {
        _root = LocalActorRef.Create(_system, Props.Create<RootGuardian>(), _end, RootPath);
        _root.Start();
        var strategy = _system.Settings.GuardianStops ? SupervisorStrategy.StoppingStrategy : null;
        _own = (LocalActorRef)_root.Cell.ActorOf(Props.Create<Guardian>(), "system");
        _user = (LocalActorRef)_root.Cell.ActorOf(Props.Create<Guardian>().WithSupervisorStrategy(strategy), "user");
        _root.Tell(new RootGuardian.Guard(_user, _own), ActorRefs.NoSender);
    }

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed)
        ? ResolveActorRef(parsed)
        : new EmptyLocalActorRef(this, RootPath / path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != RootPath.Address && actorPath.Address != DefaultAddress)
        {
            return RemoteResolver?.Invoke(actorPath) ?? new EmptyLocalActorRef(this, actorPath);
        }
        var elements = actorPath.Elements;
        IActorRef found = elements switch
        {
            ["temp", var name] => _temporary.TryGetValue(name, out var temporary) ? temporary : ActorRefs.Nobody,
            ["deadLetters"] => DeadLetters,
            _ => Walk(elements),
        };
        var isMeant = !found.IsNobody() && (actorPath.Uid == 0 || actorPath.Uid == found.Path.Uid);
        return isMeant ? found : new EmptyLocalActorRef(this, (RootPath / elements).WithUid(actorPath.Uid));
    }

    public ActorPath RegisterTempActor(IInternalActorRef actorRef)
    {
        var path = _temp.Child("$" + Interlocked.Increment(ref _temporaries));
        _temporary[path.Name] = actorRef;
        return path;
    }

    public void UnregisterTempActor(ActorPath path) => _temporary.TryRemove(path.Name, out _);

    public int TemporaryActors => _temporary.Count;

    private IActorRef Walk(IReadOnlyList<string> elements)
    {
        IActorRef current = RootGuardian;
        foreach (var element in elements)
        {
            current = ((IInternalActorRef)current).GetChild(element);
        }
        return current;
    }
}
