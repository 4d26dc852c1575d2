// The kernel's names, and nothing else: replace these by Akka.Actor and Akka.Event, and everything here compiles against Akka.NET.
global using Sluice.Kernel.Actor;
global using static Sluice.Kernel.Event.Logging;
global using static Sluice.Kernel.Event.LoggingExtensions;
global using IDeadLetterSuppression = Sluice.Kernel.Event.IDeadLetterSuppression;
global using ILoggingAdapter = Sluice.Kernel.Event.ILoggingAdapter;
