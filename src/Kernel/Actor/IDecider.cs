namespace Sluice.Kernel.Actor;

/// <summary>Maps failures to what is done about them.</summary>
public interface IDecider
{
    /// <summary>What is done about the failure.</summary>
    Directive Decide(Exception cause);
}
