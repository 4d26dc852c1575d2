namespace Sluice.Kernel.Dispatch.SysMsg;

/// <summary>A message of the life cycle: handled ahead of all user messages, and while the actor is suspended.</summary>
public interface ISystemMessage;
