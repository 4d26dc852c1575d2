using System.Linq.Expressions;

namespace Sluice.Tubes.Binding;

/// <summary>Code of a node whose call can be written into a larger method.</summary>
internal interface IInlineCode : INodeCode
{
    /// <summary>Whether it can; if not, it can only be called with <see cref="INodeCode.CallAsync"/>, as it waits or is told about its call.</summary>
    bool IsInline { get; }

    /// <summary>The call.</summary>
    /// <param name="input">
    /// What comes in by a wire, given the type that is wanted: a value of that type where it is one, else an object. May be evaluated more than
    /// once, and is never no-event.
    /// </param>
    InlineCall Inline(Func<int, Type, Expression> input);
}
