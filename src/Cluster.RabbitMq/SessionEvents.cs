using RabbitMQ.Client.Events;

namespace Sluice.Cluster.RabbitMq;

/// <summary>Whom a session tells what happens on it.</summary>
/// <param name="ReceiveAsync">A message has come, one at a time; its bytes are valid until the task completes.</param>
/// <param name="Blocked">The broker takes nothing, or takes messages again.</param>
internal sealed record SessionEvents(Func<Session, BasicDeliverEventArgs, Task> ReceiveAsync, Action<bool> Blocked);
