namespace Sluice.Tubes;

/// <summary>Marks an argument that did not come, so that the callee's own default applies. Never a value of a tube.</summary>
public sealed class Absent
{
    private Absent()
    {
    }

    /// <summary>The one instance; compare by reference.</summary>
    public static Absent Value { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "Absent";
}
