namespace Sluice.Hocon.Tree;

/// <summary>Counts the includes of one configuration, so that files which include each other twice do not double without end.</summary>
internal sealed class IncludeBudget
{
    private int _used;

    public void Spend(Origin origin)
    {
        if (++_used > Limits.Includes)
        {
            throw new ConfigException(origin, $"more than {Limits.Includes} files are included: that is the limit.");
        }
    }
}
