using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Dispatch;

/// <summary>Whose messages a mailbox keeps. All but <see cref="Lost"/> and <see cref="LostSystem"/> are called in the turn, one at a time.</summary>
internal interface IMailboxOwner
{
    void EnterTurn();

    void LeaveTurn();

    void Invoke(in Envelope envelope);

    void InvokeSystem(SystemMessage message);

    /// <summary>A user message will never be handled. On any thread.</summary>
    void Lost(in Envelope envelope, bool isOverflow);

    /// <summary>A system message came after the end. On any thread.</summary>
    void LostSystem(SystemMessage message);
}
