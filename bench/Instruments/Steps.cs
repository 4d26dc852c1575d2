namespace Sluice.Instruments.Bench;

/// <summary>Nodes that do next to nothing, so that what watching costs shows most.</summary>
public static class Steps
{
    private static readonly object s_value = new();

    public static object Source() => s_value;

    public static object Same(object value) => value;

    /// <summary>A node that works for some microseconds, as real ones do.</summary>
    public static object Work(object value)
    {
        var sum = 0;
        for (var i = 0; i < 5_000; i++)
        {
            sum = unchecked((sum * 31) + i);
        }

        return sum == 42 ? s_value : value;
    }
}
