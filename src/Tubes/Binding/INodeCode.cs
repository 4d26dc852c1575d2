using Sluice.Tubes.Runners;
using Sluice.Tubes.Travel;

namespace Sluice.Tubes.Binding;

/// <summary>The code of one node of one tube, with its params. State lives here and survives deinit and init.</summary>
public interface INodeCode
{
    /// <summary>The inputs, in the order of the code's parameters.</summary>
    IReadOnlyList<Slot> Slots { get; }

    /// <summary>The outputs, in the order of the results.</summary>
    IReadOnlyList<Signal> Signals { get; }

    /// <summary>Whether calls must come in the order of epochs, where the tube does not say.</summary>
    bool IsStateful { get; }

    /// <summary>Whether this is a generator: it takes no inputs and may end.</summary>
    bool IsSource { get; }

    /// <summary>Whether the code may run in another process: it asks for nothing that only its runner has, and takes and gives values that can travel.</summary>
    bool CanTravel => false;

    /// <summary>The types besides plain ones whose values it may take and give in another process.</summary>
    ValueTypes ValueTypes => ValueTypes.Plain;

    /// <summary>Compiles the call. Called once, before anything else.</summary>
    /// <exception cref="Errors.WiringException">A required slot is not given, a slot does not exist or is given twice, or a type can never fit.</exception>
    void Wire(IReadOnlyList<InputWire> wires);

    /// <summary>Called when the runner starts; may be called again after <see cref="DeinitAsync"/>.</summary>
    ValueTask InitAsync(RunnerContext context, CancellationToken cancellationToken);

    /// <summary>Called when the runner stops.</summary>
    ValueTask DeinitAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Calls the code once. <paramref name="inputs"/> are in the order of the wires (<see cref="Absent.Value"/> = did not come; NoEvent never arrives);
    /// <paramref name="results"/> are in the order of <see cref="Signals"/> (<see cref="NoEvent.Value"/> = no event), all must be set.
    /// Completes synchronously, without allocating, for synchronous code.
    /// </summary>
    /// <exception cref="Errors.EndOfSourceException">A source has ended.</exception>
    ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call);
}
