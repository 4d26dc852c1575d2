namespace Sluice.Kernel.Actor;

/// <summary>How something ended, as a message.</summary>
public abstract class Status
{
    private Status()
    {
    }

    /// <summary>It went well.</summary>
    public sealed class Success(object? status) : Status
    {
        /// <summary>What came of it.</summary>
        public object? Status { get; } = status;

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>It failed. As the answer to an ask it faults the task.</summary>
    public sealed class Failure(Exception cause, object? state) : Status
    {
        /// <summary>A failure without further state.</summary>
        public Failure(Exception cause)
            : this(cause, null)
        {
        }

        /// <summary>Why.</summary>
        public Exception Cause { get; } = cause;

        /// <summary>Whatever the sender added.</summary>
        public object? State { get; } = state;

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause.GetType()}: {Cause.Message}";
    }
}
