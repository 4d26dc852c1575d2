using System.Collections.Concurrent;
using System.Reflection;

namespace Sluice.Instruments;

/// <summary>Which hooks a class overrides, found once per class.</summary>
internal static class OverriddenHooks
{
    private static readonly ConcurrentDictionary<Type, InstrumentHooks> Known = new();

    public static InstrumentHooks Of(EventLoopInstrument instrument) => Known.GetOrAdd(instrument.GetType(), Find);

    private static InstrumentHooks Find(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => IsHook(method.GetBaseDefinition()) && !IsHook(method))
            .Aggregate(InstrumentHooks.None, (hooks, method) => hooks | Enum.Parse<InstrumentHooks>(method.Name[2..]));

    private static bool IsHook(MethodInfo method) =>
        method.Name.StartsWith("On", StringComparison.Ordinal)
        && (method.DeclaringType == typeof(EventLoopInstrument) || method.DeclaringType == typeof(TubeInstrument));
}
