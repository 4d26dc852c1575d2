namespace Sluice.Host.CommandLine;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done, or stopped cleanly because the user asked for it.</summary>
    public const int Done = 0;

    /// <summary>Something failed; the reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line could not be understood.</summary>
    public const int WrongUsage = 2;
}
