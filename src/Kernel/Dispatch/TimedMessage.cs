namespace Sluice.Kernel.Dispatch;

/// <summary>A message on its way through a mailbox that somebody measures; neither actors nor instruments see it.</summary>
/// <param name="message">The message.</param>
/// <param name="putAt">When it was put, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="oneIn">For how many messages it stands as a sample; 0 when it is none.</param>
internal sealed class TimedMessage(object message, long putAt, int oneIn)
{
    public int OneIn => oneIn;

    public object Message => message;

    public long PutAt => putAt;

    /// <summary>The message itself, whether it is timed or not.</summary>
    public static object Unwrap(object message) => message is TimedMessage timed ? timed.Message : message;
}
