using System.Globalization;

namespace Sluice.Kernel.Event;

/// <summary>A format and its arguments, put together only when somebody reads it.</summary>
internal sealed class LogMessage(string format, object?[] arguments)
{
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
