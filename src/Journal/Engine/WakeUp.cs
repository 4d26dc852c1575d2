namespace Sluice.Journal.Engine;

/// <summary>Makes the writer look at those who wait for room.</summary>
internal sealed class WakeUp : JournalRequest
{
    private WakeUp()
    {
    }

    public static WakeUp Request { get; } = new();

    public override void Complete()
    {
    }

    public override void Fail(Exception exception)
    {
    }
}
