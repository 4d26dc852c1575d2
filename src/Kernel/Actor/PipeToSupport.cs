namespace Sluice.Kernel.Actor;

/// <summary>Sending what comes of a task: its result, or <see cref="Status.Failure"/> for a fault or cancellation.</summary>
public static class PipeToSupport
{
    /// <summary>Sends the result, or what the mappers make of it.</summary>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the result.</param>
    /// <param name="sender">Who appears as the sender.</param>
    /// <param name="success">Makes the message from the result.</param>
    /// <param name="failure">Makes the message from the fault; <see cref="Status.Failure"/> by default.</param>
    public static async Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null)
    {
        object message;
        try
        {
            var result = await taskToPipe.ConfigureAwait(false);
            message = success is not null ? success(result) : (object?)result ?? Missing();
        }
        catch (Exception fault)
        {
            message = Failure(fault, failure);
        }
        recipient.Tell(message, sender);
    }

    /// <summary>Sends what the mappers make of the end of the task; without one, <see cref="Status.Success"/> of nothing.</summary>
    public static async Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null)
    {
        object message;
        try
        {
            await taskToPipe.ConfigureAwait(false);
            message = success is not null ? success() : new Status.Success(null);
        }
        catch (Exception fault)
        {
            message = Failure(fault, failure);
        }
        recipient.Tell(message, sender);
    }

    private static object Failure(Exception fault, Func<Exception, object>? failure) =>
        failure is not null ? failure(fault) : new Status.Failure(fault);

    private static Status.Failure Missing() =>
        new(new InvalidMessageException("The task that was piped gave null, which is no message: map it with the success function."));
}
