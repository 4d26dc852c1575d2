// A member made to be killed, frozen and cut off: Cluster.Killable NAME PREFIX publish|claim SETTINGS HOST:PORT...
// SETTINGS are HOCON on top of the transport's defaults, or nothing.
// Members wait for each other longer than by default when the broker was away: a busy machine must not make a test fail.
// publish: puts the numbers from 0 on into the queue "work" and prints each that was acknowledged, until it reads "stop"; repeats what else it reads.
// claim:   claims the queue and prints what it gets with its fencing token; joins again when it was expelled.
// Cluster.Killable --fault client|other: lets an exception end the process as the client's timer does, or as a mistake does.
using Sluice.Cluster.Killable;
using Sluice.Cluster.RabbitMq;
using Sluice.Hocon;
using Sluice.Rabbit;

if (args[0] == "--fault")
{
    return await UnhandledFault.ThrowAsync(args[1] == "client");
}

var hosts = string.Join(", ", args[4..].Select(host => $"\"{host}\""));
await using var transport = RabbitMqTransport.From(ConfigurationFactory.ParseString(
    $"sluice.cluster.rabbitmq {{ prefix = {args[1]}, return-timeout = 30s, connection.hosts = [{hosts}] }}\nsluice.cluster.rabbitmq {{ {args[3]} }}"));
await using var member = new KillableMember(args[0], transport, claims: args[2] == "claim");
await member.JoinAsync();
var publishing = args[2] == "publish" ? member.PublishAsync() : Task.CompletedTask;
await member.UntilStoppedAsync();
await publishing;
Console.WriteLine($"stopped, {ClientFaults.Survived} client faults survived");
await Console.In.ReadLineAsync();
return 0;
