using System.Collections.Immutable;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Membership;

/// <summary>Who is a member now, and who was lost. Not for several threads at once.</summary>
internal sealed class MemberTable
{
    private const int MostLost = 10_000;
    private readonly Dictionary<MemberId, string> _lost = [];

    public ImmutableSortedSet<Member> Members { get; private set; } = [];

    /// <summary>Members and observers, with what they said about themselves.</summary>
    public ImmutableDictionary<MemberId, MemberInfo> Infos { get; private set; } = ImmutableDictionary<MemberId, MemberInfo>.Empty;

    public Member? Up(MemberInfo info)
    {
        if (Infos.ContainsKey(info.Id) || _lost.ContainsKey(info.Id))
        {
            return null;
        }
        Infos = Infos.Add(info.Id, info);
        if (info.IsObserver)
        {
            return null;
        }
        var member = new Member(info, MemberStatus.Up);
        Members = Members.Add(member);
        return member;
    }

    public Member? Gone(MemberId id, MemberStatus status, string? lostBecause)
    {
        if (lostBecause is not null && _lost.Count < MostLost)
        {
            _lost[id] = lostBecause;
        }
        Infos = Infos.Remove(id);
        var member = Members.FirstOrDefault(one => one.Info.Id == id);
        Members = member is null ? Members : Members.Remove(member);
        return member?.With(status);
    }

    public string? LostBecause(MemberId id) => _lost.GetValueOrDefault(id);

    public void Clear()
    {
        Members = [];
        Infos = Infos.Clear();
        _lost.Clear();
    }
}
