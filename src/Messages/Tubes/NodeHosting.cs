using System.Text.Json;

namespace Sluice.Messages.Tubes;

// Between the runner of a tube and members that run nodes of it. Every message of one hosting bears its number: what comes from an earlier one is late.

/// <summary>To a member's node host: make a node. Answered with <see cref="NodeHosted"/> by the node itself, or with <see cref="NodeRefused"/>.</summary>
/// <param name="Hosting">The number of this hosting.</param>
/// <param name="Tube">The tube's id.</param>
/// <param name="Runner">The runner's id.</param>
/// <param name="Node">The node's id.</param>
/// <param name="Type">The type, as written in the tube; the member looks it up among its own nodes.</param>
/// <param name="Params">The names and values of the params, in turn.</param>
/// <param name="Wires">What the node depends on, in the order written.</param>
/// <param name="Calls">How often a source has been called before, elsewhere; it goes on behind that.</param>
public sealed record HostNode(long Hosting, string Tube, string Runner, string Node, string Type, JsonElement Params, IReadOnlyList<NodeWire> Wires, long Calls);

/// <summary>One entry of a node's <c>depends</c>.</summary>
/// <param name="Position">The position, where it is given by position.</param>
/// <param name="Slot">The slot's name, where it is given by name.</param>
public sealed record NodeWire(int? Position, string? Slot);

/// <summary>The node is made; whoever sends this is the node.</summary>
public sealed record NodeHosted(long Hosting);

/// <summary>The node cannot be made there.</summary>
public sealed record NodeRefused(long Hosting, NodeFault Fault);

/// <summary>Initialise the node. Answered with <see cref="NodeInitialised"/>.</summary>
public sealed record InitNode;

/// <summary>The node is initialised, or could not be.</summary>
public sealed record NodeInitialised(long Hosting, NodeFault? Fault);

/// <summary>Deinitialise the node; it keeps its state. Answered with <see cref="NodeDeinitialised"/>.</summary>
public sealed record DeinitNode;

/// <summary>The node is deinitialised, with what went wrong on the way.</summary>
public sealed record NodeDeinitialised(long Hosting, NodeFault? Fault);

/// <summary>Call the node. Answered with <see cref="NodeReturned"/> or <see cref="NodeThrew"/>.</summary>
/// <param name="Call">The number of the call.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Inputs">The inputs, in the order of the wires.</param>
public sealed record CallNode(long Call, string Epoch, JsonElement Inputs);

/// <summary>The caller of a call gives up: fire its cancellation token.</summary>
public sealed record CancelNodeCall(long Call);

/// <summary>What a call gave, in the order of the signals.</summary>
public sealed record NodeReturned(long Hosting, long Call, JsonElement Results);

/// <summary>A call has failed.</summary>
public sealed record NodeThrew(long Hosting, long Call, NodeFault Fault);

/// <summary>Nobody needs the node any more.</summary>
public sealed record ReleaseNode;

/// <summary>An exception as it travels.</summary>
/// <param name="Type">The full name of its class.</param>
/// <param name="Message">What it says.</param>
/// <param name="Stack">Where it was thrown.</param>
/// <param name="CannotTravel">It is no exception of the node's: its results are values that cannot travel.</param>
public sealed record NodeFault(string Type, string Message, string? Stack, bool CannotTravel = false);
