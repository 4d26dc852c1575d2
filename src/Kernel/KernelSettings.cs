using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch;
using Sluice.Kernel.Event;

namespace Sluice.Kernel;

/// <summary>The kernel's settings; <c>reference.conf</c> holds the defaults and what each means.</summary>
public sealed record KernelSettings
{
    internal const string Root = "sluice.kernel";
    internal const string DefaultDispatcher = Root + ".actor.default-dispatcher";

    /// <summary>Events below this are not logged.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>Whether log events are written to standard error.</summary>
    public required bool LogToConsole { get; init; }

    /// <summary>How many dead letters are logged.</summary>
    public required int LogDeadLetters { get; init; }

    /// <summary>How long the end of a system waits for its actors.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>How long an ask waits that says nothing about it; infinite by default.</summary>
    public required TimeSpan AskTimeout { get; init; }

    /// <summary>Whether the guardian stops its children when they fail, in place of restarting them.</summary>
    public required bool GuardianStops { get; init; }

    /// <summary>Messages that an actor handles in one turn; at least 1.</summary>
    public required int Throughput { get; init; }

    /// <summary>All settings, with the kernel's defaults.</summary>
    public required Config Config { get; init; }

    /// <summary>The defaults.</summary>
    public static Config Reference { get; } = ConfigurationFactory.Reference(typeof(KernelSettings).Assembly);

    /// <summary>Reads the settings, with the defaults for what they leave open.</summary>
    /// <exception cref="ConfigException">A value cannot be read; the message names it.</exception>
    /// <exception cref="ConfigurationException">A value makes no sense; the message names it.</exception>
    public static KernelSettings From(Config? config)
    {
        var all = (config ?? ConfigurationFactory.Empty).WithFallback(Reference);
        var kernel = all.GetConfig(Root);
        return new KernelSettings
        {
            LogLevel = LogLevels.Parse(kernel.GetString("loglevel")),
            LogToConsole = kernel.GetBoolean("log-to-console"),
            LogDeadLetters = kernel.GetString("log-dead-letters") switch
            {
                "on" or "true" => int.MaxValue,
                "off" or "false" => 0,
                _ => kernel.GetInt("log-dead-letters"),
            },
            ShutdownTimeout = kernel.GetTimeSpan("shutdown-timeout"),
            AskTimeout = kernel.GetTimeSpan("ask-timeout"),
            GuardianStops = Choice(all, Root + ".actor.guardian-supervisor-strategy", "default", "stopping") == "stopping",
            Throughput = AtLeastOne(all, DefaultDispatcher + ".throughput"),
            Config = all,
        };
    }

    internal int ThroughputOf(string dispatcher) => Config.HasPath(dispatcher)
        ? Config.HasPath(dispatcher + ".throughput") ? AtLeastOne(Config, dispatcher + ".throughput") : Throughput
        : throw new ConfigurationException($"There is no dispatcher '{dispatcher}' in the settings: describe it there, or name one that is.");

    internal MailboxSettings MailboxOf(string mailbox)
    {
        if (!Config.HasPath(mailbox))
        {
            throw new ConfigurationException($"There is no mailbox '{mailbox}' in the settings: describe it there, or name one that is.");
        }
        return Choice(Config, mailbox + ".mailbox-type", "unbounded", "bounded", "control-aware") switch
        {
            "unbounded" => new MailboxSettings(MailboxKind.Unbounded),
            "control-aware" => new MailboxSettings(MailboxKind.ControlAware),
            _ => new MailboxSettings(MailboxKind.Bounded, AtLeastOne(Config, mailbox + ".mailbox-capacity"), OverflowOf(mailbox)),
        };
    }

    private OverflowPolicy OverflowOf(string mailbox) =>
        Config.HasPath(mailbox + ".overflow") && Choice(Config, mailbox + ".overflow", "drop-new", "drop-oldest") == "drop-oldest"
            ? OverflowPolicy.DropOldest
            : OverflowPolicy.DropNew;

    private static int AtLeastOne(Config config, string path) => config.GetInt(path) is >= 1 and var value
        ? value
        : throw new ConfigurationException($"{path} is {config.GetInt(path)}: give a number of at least 1.");

    private static string Choice(Config config, string path, params string[] choices) =>
        config.GetString(path) is var value && choices.Contains(value)
            ? value
            : throw new ConfigurationException($"{path} is '{value}': give one of {string.Join(", ", choices)}.");
}
