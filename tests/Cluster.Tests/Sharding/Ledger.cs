using System.Collections.Concurrent;
using Sluice.Cluster.Sharding;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Tests.Sharding;

/// <summary>What stands for a database: keeps what entities wrote, turns away those whose token was overtaken, and notices two that live at once.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, long> _tokens = new();
    private readonly ConcurrentDictionary<string, int> _alive = new();

    public ConcurrentQueue<(string Entity, object Message)> Written { get; } = new();

    public ConcurrentQueue<string> TurnedAway { get; } = new();

    public ConcurrentQueue<string> Twins { get; } = new();

    public ConcurrentQueue<(string Entity, string Member)> Born { get; } = new();

    public ConcurrentDictionary<string, int> Died { get; } = new();

    public Func<EntityContext, Props> PropsOn(string member) => context => Props.Create(() => new LedgerEntity(this, context, member));

    public void Begin(EntityContext context, string member)
    {
        Born.Enqueue((context.EntityId, member));
        _tokens.AddOrUpdate(context.EntityId, context.FencingToken, (_, greatest) => Math.Max(greatest, context.FencingToken));
        if (_alive.AddOrUpdate(context.EntityId, 1, (_, count) => count + 1) > 1)
        {
            Twins.Enqueue(context.EntityId);
        }
    }

    public void End(EntityContext context)
    {
        _alive.AddOrUpdate(context.EntityId, 0, (_, count) => count - 1);
        Died.AddOrUpdate(context.EntityId, 1, (_, count) => count + 1);
    }

    public bool TryWrite(EntityContext context, object message)
    {
        if (_tokens[context.EntityId] > context.FencingToken)
        {
            TurnedAway.Enqueue(context.EntityId);
            return false;
        }
        Written.Enqueue((context.EntityId, message));
        return true;
    }

    private sealed class LedgerEntity(Ledger ledger, EntityContext context, string member) : UntypedActor
    {
        private int _refusals;

        protected override void PreStart() => ledger.Begin(context, member);

        protected override void PostStop() => ledger.End(context);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "fail":
                    throw new InvalidOperationException("as you wished");
                case "silence":
                    break;
                case "refuse twice" when _refusals++ < 2:
                    Sender.Tell("not now", Self);
                    break;
                case "rest":
                    Sender.Tell(EntityTaken.Instance, Self);
                    Context.Parent.Tell(new Passivate(PoisonPill.Instance), Self);
                    break;
                case "who":
                    Sender.Tell(member, Self);
                    break;
                default:
                    if (ledger.TryWrite(context, message))
                    {
                        Sender.Tell(message, Self);
                    }
                    break;
            }
        }
    }
}
