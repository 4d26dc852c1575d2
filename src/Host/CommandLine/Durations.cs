using Sluice.Hocon;

namespace Sluice.Host.CommandLine;

/// <summary>Durations on the command line, in HOCON's units.</summary>
internal static class Durations
{
    /// <exception cref="UsageException">It is no duration.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        try
        {
            var duration = ConfigurationFactory.FromObject(new { duration = text }).GetTimeSpan("duration", allowInfinite: false);
            return duration >= TimeSpan.Zero ? duration : throw new UsageException($"{option} is {text}: give a duration of 0s or more.");
        }
        catch (ConfigException)
        {
            throw new UsageException($"{option} is '{text}': give a duration such as 10s or 500ms.");
        }
    }
}
