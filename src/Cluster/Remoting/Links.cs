using System.Collections.Concurrent;
using Sluice.Cluster.Transport;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Remoting;

/// <summary>The links to all other members, and the refs of actors there.</summary>
internal sealed class Links(RemotingParts parts)
{
    // Whoever invents members must not fill the memory: what comes on top is not kept, and so never opens.
    private const int MostLinks = 10_000;
    private readonly ConcurrentDictionary<MemberId, MemberLink> _links = new();
    private readonly ConcurrentDictionary<string, MemberId> _current = new(StringComparer.Ordinal);

    public IEnumerable<MemberLink> All => _links.Values;

    public MemberLink Of(MemberId id) =>
        _links.TryGetValue(id, out var known) ? known
        : _links.Count < MostLinks ? _links.GetOrAdd(id, static (one, parts) => new MemberLink(one, parts), parts)
        : new MemberLink(id, parts);

    public void Up(MemberId id)
    {
        _current[id.Name] = id;
        Of(id).Open();
    }

    /// <summary>A member is gone for good. Refs of its actors keep the closed link; it is forgotten here, because members come and go for years.</summary>
    public void Gone(MemberId id, string reason)
    {
        Close(Of(id), reason);
        _links.TryRemove(id, out _);
    }

    /// <summary>This member is gone for the others. They may be met again as they are, so refs of their actors will work again.</summary>
    public void CloseAll(string reason)
    {
        foreach (var link in All)
        {
            Close(link, reason);
        }
    }

    /// <summary>The ref for a path on another member, or on this one under its full address. A path without an incarnation means who has the name now.</summary>
    /// <returns><c>null</c> for a path that no member of a cluster can have.</returns>
    public IActorRef? Resolve(ActorPath path)
    {
        var address = path.Address;
        if (address.Host is not { } name || address.Protocol != "sluice")
        {
            return null;
        }
        if (name == parts.Self.Name && (address.Port is null || address.Port == parts.Self.Incarnation))
        {
            return parts.Provider.ResolveActorRef((parts.Provider.RootPath / path.Elements).WithUid(path.Uid));
        }
        if (address.Port is { } incarnation)
        {
            return new RemoteActorRef(path, Of(new MemberId(name, incarnation)));
        }
        var known = _current.TryGetValue(name, out var current) ? current : new MemberId(name, 0);
        var there = new ActorPath(new Address("sluice", address.System, name, known.Incarnation)) / path.Elements;
        return new RemoteActorRef(there.WithUid(path.Uid), Of(known));
    }

    private void Close(MemberLink link, string reason)
    {
        _current.TryRemove(new(link.Id.Name, link.Id));
        link.Close(reason);
    }
}
