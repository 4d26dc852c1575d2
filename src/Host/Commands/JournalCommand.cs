using System.CommandLine;
using Sluice.Host.Commands.Journals;

namespace Sluice.Host.Commands;

/// <summary><c>sluice journal</c>: what a pool still owes, to look at and to deal with.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "Shows and sends what a pool still owes to its sinks.")
    {
        ListCommand.Create(),
        ShowCommand.Create(),
        StatusCommand.Create(),
        SendCommand.Create(),
    };
}
