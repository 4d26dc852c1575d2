using System.CommandLine;
using Sluice.Host.Commands.Journals;

namespace Sluice.Host.Commands;

/// <summary><c>sluice journal</c>: what a pool still owes, to look at and to deal with.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "Shows what a pool still owes to its sinks and what they would not take, and deals with it.")
    {
        ListCommand.Create(),
        ShowCommand.Create(),
        StatusCommand.Create(),
        SendCommand.Create(),
        RedriveCommand.Create(),
        DropCommand.Create(),
        ExportCommand.Create(),
    };
}
