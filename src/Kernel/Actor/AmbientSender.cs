namespace Sluice.Kernel.Actor;

/// <summary>Who sends what is told outside of any turn: nobody, except in tests. Follows a test over its awaits.</summary>
internal static class AmbientSender
{
    private static readonly AsyncLocal<IActorRef?> Local = new();

    // Lets programs, which never set it, pay for no look-up.
    private static bool _isUsed;

    public static IActorRef? Current
    {
        get => _isUsed ? Local.Value : null;
        set
        {
            _isUsed = true;
            Local.Value = value;
        }
    }
}
