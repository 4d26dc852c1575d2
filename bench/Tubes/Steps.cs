namespace Sluice.Tubes.Bench;

/// <summary>The nodes of the chain and the fan; the peers call the same methods.</summary>
public static class Steps
{
    public static IEnumerable<object> Source()
    {
        // One boxed value again and again: what is measured is the way, not the boxes.
        object value = 1;
        while (true)
        {
            yield return value;
        }
    }

    public static object Same(object value) => value;
}
