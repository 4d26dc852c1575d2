namespace Sluice.Hocon;

/// <summary>A value of a resolved configuration: no substitutions are left in it. Immutable.</summary>
public abstract class HoconValue
{
    private protected HoconValue(Origin origin, int depth)
    {
        Origin = origin;
        Depth = depth;
    }

    /// <summary>Where the value was written. A merged object tells the place of its last part.</summary>
    public Origin Origin { get; }

    /// <summary>How an error message names what it found here: the text of a scalar in quotes, or <c>an object</c>, <c>a list</c>, <c>null</c>.</summary>
    internal abstract string Description { get; }

    /// <summary>How many levels of objects and lists there are below and including this one; 0 for a scalar.</summary>
    internal int Depth { get; }
}
