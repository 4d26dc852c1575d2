using System.Reflection;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>The method of a node class that tubes call: the one marked, else the one named <c>Process</c>.</summary>
internal static class ProcessMethods
{
    /// <exception cref="WiringException">There is none, or several.</exception>
    public static MethodInfo Of(Type type)
    {
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
        var marked = Array.FindAll(methods, method => method.IsDefined(typeof(ProcessMethodAttribute)));
        var candidates = marked.Length > 0 ? marked : Array.FindAll(methods, method => method.Name is "Process" or "ProcessAsync");
        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new WiringException($"{TypeNames.Full(type)} is not a node: it has no public method named Process and none marked [ProcessMethod]."),
            _ => throw new WiringException($"{TypeNames.Full(type)} has {candidates.Length} methods that could be the node's: mark one with [ProcessMethod]."),
        };
    }
}
