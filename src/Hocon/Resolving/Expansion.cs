namespace Sluice.Hocon.Resolving;

/// <summary>Counts what substitutions make, so that a few lines that double each other are refused before they fill the memory.</summary>
internal sealed class Expansion
{
    private long _made;

    public void Spend(long amount, Origin origin)
    {
        _made += amount;
        if (_made > Limits.Expansion)
        {
            throw new ConfigException(
                origin, $"the substitutions expand to more than {Limits.Expansion} characters, elements and fields: that is the limit.");
        }
    }
}
