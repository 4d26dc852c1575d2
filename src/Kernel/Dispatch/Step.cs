namespace Sluice.Kernel.Dispatch;

/// <summary>The atomic steps of a mailbox: each reads or writes one shared word.</summary>
internal enum Step
{
    ReadStatus,
    ClaimTurn,
    ReleaseTurn,
    CheckForWork,
    CloseStatus,
    ReadTail,
    ReserveSlot,
    PublishSlot,
    FreezeSegment,
    LinkSegment,
    MoveTail,
    MoveHead,
    TakeSlot,
    FreeSlots,
    PushSystem,
    TakeSystem,

    /// <summary>Waits for another thread to take a step.</summary>
    Spin,
}
