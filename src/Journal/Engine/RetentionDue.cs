namespace Sluice.Journal.Engine;

/// <summary>Makes the writer look for dead letters that are too old by now.</summary>
internal sealed class RetentionDue : JournalRequest
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(1);

    private RetentionDue()
    {
    }

    public static RetentionDue Request { get; } = new();

    /// <summary>How often to look: a dead letter outlives its age by a tenth at most, and by an hour.</summary>
    public static TimeSpan PeriodOf(TimeSpan age) => TimeSpan.FromTicks(Math.Clamp(age.Ticks / 10, Soonest.Ticks, Latest.Ticks));

    public override void Complete()
    {
    }

    public override void Fail(Exception exception)
    {
    }
}
