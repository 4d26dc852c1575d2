namespace Sluice.Kernel.Actor;

/// <summary>Makes deciders.</summary>
public static class Decider
{
    /// <summary>From a function.</summary>
    public static IDecider From(Func<Exception, Directive> localOnlyDecider) => new ByFunction(localOnlyDecider);

    /// <summary>From types of failures: the most derived type that fits decides, and the default where none does.</summary>
    public static IDecider From(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) => new ByType(defaultDirective, pairs);

    /// <summary>From types of failures: the most derived type that fits decides, and the default where none does.</summary>
    public static IDecider From(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) =>
        new ByType(defaultDirective, [.. pairs]);

    private sealed class ByFunction(Func<Exception, Directive> decide) : IDecider
    {
        public Directive Decide(Exception cause) => decide(cause);
    }

    private sealed class ByType(Directive otherwise, KeyValuePair<Type, Directive>[] pairs) : IDecider
    {
        private readonly Dictionary<Type, Directive> _directives = new(pairs);

        public Directive Decide(Exception cause)
        {
            for (var type = cause.GetType(); type is not null; type = type.BaseType)
            {
                if (_directives.TryGetValue(type, out var directive))
                {
                    return directive;
                }
            }
            return otherwise;
        }
    }
}
