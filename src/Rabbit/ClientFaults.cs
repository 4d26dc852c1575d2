using System.Runtime.ExceptionServices;

namespace Sluice.Rabbit;

/// <summary>
/// Keeps a fault of RabbitMQ.Client 7.1.2 from ending the process: when a broker is silent for longer than the heartbeat, the client closes the
/// connection in an <c>async void</c> timer callback, and what is thrown there (a
/// <see cref="System.Threading.Channels.ChannelClosedException"/> of the writing side) has nobody to catch it. The connection is reported closed all the same. Fixed in 7.2.1; delete this class with the upgrade.
/// </summary>
public static class ClientFaults
{
    private static int _survived;

    /// <summary>How many such faults were passed over in this process.</summary>
    public static int Survived => Volatile.Read(ref _survived);

    /// <summary>Whether the guard stands; false when the program has a handler of its own, which then has to ask <see cref="IsOne"/>.</summary>
    public static bool IsGuarded { get; } = TrySet();

    /// <summary>Makes sure that the guard stands. Any number of calls may be made.</summary>
    public static bool Guard() => IsGuarded;

    /// <summary>Whether an exception that nobody caught is this fault and no other.</summary>
    public static bool IsOne(Exception fault) =>
        fault is System.Threading.Channels.ChannelClosedException
        && fault.StackTrace?.Contains(" RabbitMQ.Client.", StringComparison.Ordinal) == true;

    private static bool TrySet()
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(fault =>
            {
                if (!IsOne(fault))
                {
                    return false;
                }

                Interlocked.Increment(ref _survived);
                return true;
            });
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // The program has set one already; there can be only one.
        }
    }
}
