namespace Sluice.Journal.DeadLetters;

/// <summary>Which dead letters are meant: all parts that are set must hold.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>Every dead letter.</summary>
    public static DeadLetterFilter Everything { get; } = new();

    /// <summary>Only those of this sink.</summary>
    public string? Sink { get; init; }

    /// <summary>Only those of this kind.</summary>
    public DeadLetterClass? Class { get; init; }

    /// <summary>Only those from this tube.</summary>
    public string? Tube { get; init; }

    /// <summary>Only those from this node.</summary>
    public string? Node { get; init; }

    /// <summary>Only those whose error contains this text, letter case aside for ASCII.</summary>
    public string? ErrorContains { get; init; }

    /// <summary>Only those last tried before this time.</summary>
    public DateTimeOffset? LastTryBefore { get; init; }

    /// <summary>Only those last tried at this time or after.</summary>
    public DateTimeOffset? LastTryFrom { get; init; }

    /// <summary>Only those being redriven (true) or resting (false).</summary>
    public bool? Redriving { get; init; }
}
