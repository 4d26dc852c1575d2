using System.Reflection;
using System.Runtime.ExceptionServices;
using Sluice.Messages.Tubes;
using Sluice.Tubes.Errors;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>Exceptions on their way between members. They arrive as what they were when their class is the runtime's or the tubes' own; no other class is ever made from a name.</summary>
internal static class NodeFaults
{
    private static readonly Assembly[] s_known = [typeof(Exception).Assembly, typeof(TubeException).Assembly];

    public static NodeFault Of(Exception failure) => new(failure.GetType().FullName ?? nameof(Exception), failure.Message, failure.StackTrace);

    public static Exception ToException(NodeFault fault, string node)
    {
        var failure = Make(fault) ?? new NodeElsewhereException($"The node {node} failed on another member: {fault.Type}: {fault.Message}");
        return fault.Stack is { } stack ? ExceptionDispatchInfo.SetRemoteStackTrace(failure, stack) : failure;
    }

    private static Exception? Make(NodeFault fault)
    {
        var type = s_known.Select(assembly => assembly.GetType(fault.Type)).FirstOrDefault(type => type?.IsAssignableTo(typeof(Exception)) == true);
        return type is { IsAbstract: false, IsPublic: true } && type.GetConstructor([typeof(string), typeof(Exception)]) is { } constructor
            ? (Exception)constructor.Invoke([fault.Message, null])
            : null;
    }
}
