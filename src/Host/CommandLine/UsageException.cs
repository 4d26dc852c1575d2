namespace Sluice.Host.CommandLine;

/// <summary>The command line asks for something that makes no sense; nothing was started.</summary>
/// <param name="message">One sentence that names the option and the fix.</param>
internal sealed class UsageException(string message) : Exception(message);
