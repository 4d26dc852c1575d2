using Sluice.Hocon;

namespace Sluice.TestKit;

/// <summary>The settings of a test kit; <c>reference.conf</c> holds the defaults and what each means.</summary>
public sealed record TestKitSettings
{
    internal const string Root = "sluice.test";

    /// <summary>Times given to a test kit are multiplied by this; above zero.</summary>
    public required double TestTimeFactor { get; init; }

    /// <summary>How long an expectation waits that says nothing about it.</summary>
    public required TimeSpan SingleExpectDefault { get; init; }

    /// <summary>How long <c>ExpectNoMsg</c> waits that says nothing about it.</summary>
    public required TimeSpan ExpectNoMessageDefault { get; init; }

    /// <summary>How long an event filter waits for its events after the action has ended.</summary>
    public required TimeSpan TestEventFilterLeeway { get; init; }

    /// <summary>How long the end of the system may take before the test fails for it.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>Whether time stands still until the test advances it.</summary>
    public required bool VirtualTime { get; init; }

    /// <summary>The defaults.</summary>
    public static Config Reference { get; } = ConfigurationFactory.Reference(typeof(TestKitSettings).Assembly);

    /// <summary>Reads the settings, with the defaults for what they leave open.</summary>
    /// <exception cref="ConfigException">A value cannot be read; the message names it.</exception>
    public static TestKitSettings From(Config? config)
    {
        var test = (config ?? ConfigurationFactory.Empty).WithFallback(Reference).GetConfig(Root);
        return new TestKitSettings
        {
            TestTimeFactor = test.GetDouble("timefactor"),
            SingleExpectDefault = test.GetTimeSpan("single-expect-default", allowInfinite: false),
            ExpectNoMessageDefault = test.GetTimeSpan("expect-no-message-default", allowInfinite: false),
            TestEventFilterLeeway = test.GetTimeSpan("filter-leeway", allowInfinite: false),
            ShutdownTimeout = test.GetTimeSpan("shutdown-timeout", allowInfinite: false),
            VirtualTime = test.GetBoolean("virtual-time"),
        };
    }
}
