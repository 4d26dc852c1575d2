using Sluice.Cluster.Wire;

namespace Sluice.Cluster.Membership;

/// <summary>Measures this process between two looks.</summary>
internal sealed class LoadMeter(TimeProvider clock)
{
    private long _at = clock.GetTimestamp();
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _messages;

    /// <param name="shards">Shards that are active here.</param>
    /// <param name="messages">Messages to and from other members since the start.</param>
    public MemberLoad Measure(int shards, long messages)
    {
        var seconds = Math.Max(0.001, clock.GetElapsedTime(_at).TotalSeconds);
        var cpu = Environment.CpuUsage.TotalTime;
        var used = (cpu - _cpu).TotalSeconds / seconds / Environment.ProcessorCount;
        var rate = (messages - _messages) / seconds;
        (_at, _cpu, _messages) = (clock.GetTimestamp(), cpu, messages);
        return new MemberLoad(Math.Clamp(used, 0, 1), Environment.WorkingSet, shards, Math.Max(0, rate));
    }
}
