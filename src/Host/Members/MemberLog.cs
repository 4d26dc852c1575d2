using System.Globalization;
using Sluice.Cluster;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Members;

/// <summary>Writes a line for each member that comes or goes.</summary>
internal sealed class MemberLog : ReceiveActor
{
    public MemberLog(TextWriter output, string self)
    {
        Receive<ClusterEvent.MemberUp>(up => Say(up.Member.Name == self ? $"{Named(up.Member)} is up (this member)" : $"{Named(up.Member)} is up"));
        Receive<ClusterEvent.MemberLeft>(left => Say($"{Named(left.Member)} leaves"));
        Receive<ClusterEvent.MemberDowned>(lost => Say($"{Named(lost.Member)} was lost: {lost.Reason}"));
        Receive<ClusterEvent.MemberRemoved>(removed => Say($"{Named(removed.Member)} is gone"));

        void Say(string line) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}"));
    }

    private static string Named(Member member) =>
        member.Roles.IsEmpty ? $"member {member.Name}" : $"member {member.Name} [{string.Join(", ", member.Roles.Order(StringComparer.Ordinal))}]";
}
