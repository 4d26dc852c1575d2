using System.Reflection;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>One slot of one call: what its argument must become, and how to complain. Off the fast path.</summary>
internal sealed class ArgumentSite(string nodeId, string slot, Type type, bool takesNull)
{
    internal static readonly MethodInfo TakeMethod = Method(nameof(Take));
    internal static readonly MethodInfo TakeOrMethod = Method(nameof(TakeOr));
    internal static readonly MethodInfo ConvertMethod = Method(nameof(Convert));
    internal static readonly MethodInfo EventMethod = Method(nameof(Event));

    private static MethodInfo Method(string name) =>
        typeof(ArgumentSite).GetMethod(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
        ?? throw new MissingMethodException(nameof(ArgumentSite), name);

    /// <summary>The argument itself if it has the right type already, as nearly always; else converted.</summary>
    public static T Take<T>(object? value, ArgumentSite site) => value is T exact ? exact : site.Convert<T>(value);

    /// <summary>As <see cref="Take{T}"/>, with a value for an argument that did not come.</summary>
    public static T TakeOr<T>(object? value, ArgumentSite site, T fallback) =>
        value is T exact && !ReferenceEquals(value, Absent.Value) ? exact
        : ReferenceEquals(value, Absent.Value) || ReferenceEquals(value, NoEvent.Value) ? fallback
        : site.Convert<T>(value);

    /// <summary>The event that brought the value, for a parameter that asks for the event.</summary>
    public TubeEvent? Event(object? value, NodeCall call, string key) =>
        ReferenceEquals(value, Absent.Value) ? null
        : value as TubeEvent ?? call.Events.GetValueOrDefault(key)
        ?? throw new SlotValueException($"Node `{nodeId}`, slot `{slot}` asks for the event of its value, but inputs and assets have none: take the value instead.");

    /// <summary>The argument that a value of another type becomes.</summary>
    public T Convert<T>(object? value)
    {
        if (value is null && !takesNull)
        {
            throw new SlotValueException(
                $"Node `{nodeId}`, slot `{slot}` takes {TypeNames.Short(type)} and got null. Declare it `{TypeNames.Short(type)}?` to take null, or send NoEvent instead.");
        }

        return Conversions.TryConvert(value, typeof(T), out var converted)
            ? (T)converted!
            : throw new SlotValueException($"Node `{nodeId}`, slot `{slot}` takes {TypeNames.Short(type)}, and {Values.Describe(value)} is not one.");
    }
}
