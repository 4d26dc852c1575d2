using Sluice.Instruments;

namespace Sluice.Kernel.Dispatch.SysMsg;

/// <summary>Let a scope's instrument watch the actor.</summary>
internal sealed class AddInstrument(InstrumentScope scope) : SystemMessage
{
    public InstrumentScope Scope => scope;
}
