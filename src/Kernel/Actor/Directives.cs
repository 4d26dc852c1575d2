namespace Sluice.Kernel.Actor;

/// <summary>Writes pairs for <see cref="Decider"/>.</summary>
public static class Directives
{
    /// <summary>The directive for failures of a type.</summary>
    public static KeyValuePair<Type, Directive> When<TException>(this Directive directive)
        where TException : Exception => new(typeof(TException), directive);
}
