// The kernel's names, and nothing else: replace these by Akka.Actor and Akka.Event, and everything here compiles against Akka.NET.
global using Sluice.Kernel.Actor;
global using IDeadLetterSuppression = Sluice.Kernel.Event.IDeadLetterSuppression;
