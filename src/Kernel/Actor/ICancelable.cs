namespace Sluice.Kernel.Actor;

/// <summary>Something that can be called off.</summary>
public interface ICancelable
{
    /// <summary>Whether it was called off.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>Is cancelled when it is called off.</summary>
    CancellationToken Token { get; }

    /// <summary>Calls it off.</summary>
    void Cancel();

    /// <summary>Calls it off after a while.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Calls it off after a while.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Calls it off; a throwing callback of the token keeps the others from being called when asked for.</summary>
    void Cancel(bool throwOnFirstException);
}
