using System.Linq.Expressions;
using Sluice.Kernel.Actor.Cells;
using Sluice.Kernel.Routing;

namespace Sluice.Kernel.Actor;

/// <summary>The recipe for an actor; immutable, made once and used as often as wanted.</summary>
public sealed class Props
{
    private readonly IIndirectActorProducer _producer;

    private Props(IIndirectActorProducer producer, object?[] arguments, Deploy deploy, SupervisorStrategy? strategy)
    {
        _producer = producer;
        Arguments = arguments;
        Deploy = deploy;
        SupervisorStrategy = strategy;
    }

    /// <summary>An actor that leaves every message unhandled.</summary>
    public static Props Empty { get; } = Create<EmptyActor>();

    /// <summary>The type of the instances.</summary>
    public Type Type => _producer.ActorType;

    /// <summary>What the constructor is given.</summary>
    public object?[] Arguments { get; }

    /// <summary>Mailbox, dispatcher, router, stash.</summary>
    public Deploy Deploy { get; }

    /// <summary>How failures of children are answered, in place of what the actor says; <c>null</c> to leave it to the actor.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; }

    /// <summary>The settings' path of the mailbox.</summary>
    public string Mailbox => Deploy.Mailbox;

    /// <summary>The settings' path of the dispatcher.</summary>
    public string Dispatcher => Deploy.Dispatcher;

    /// <summary>The router in front of the actor, if there is one.</summary>
    public RouterConfig? RouterConfig => Deploy.RouterConfig;

    /// <summary>From <c>() => new T(…)</c>; the arguments are evaluated once, now.</summary>
    /// <exception cref="ArgumentException">The expression is no call of a constructor.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        var (type, arguments) = ConstructorExpression.Read(factory);
        return new Props(new ConstructorProducer(type, arguments), arguments, Deploy.None, supervisorStrategy);
    }

    /// <summary>From a type and the arguments of one of its constructors.</summary>
    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    /// <summary>From a type and the arguments of one of its constructors.</summary>
    /// <exception cref="ArgumentException">The type is no actor.</exception>
    public static Props Create(Type type, params object?[] args) => typeof(ActorBase).IsAssignableFrom(type)
        ? new Props(new ConstructorProducer(type, args), args, Deploy.None, null)
        : throw new ArgumentException($"{type} is no actor: derive it from ReceiveActor or UntypedActor.", nameof(type));

    /// <summary>From a producer, which is asked for every instance.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object?[] args) => new(producer, args, Deploy.None, null);

    /// <summary>From a type of producers, which is made with the arguments and asked for every instance.</summary>
    public static Props CreateBy<TProducer>(params object?[] args)
        where TProducer : class, IIndirectActorProducer =>
        CreateBy((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!, args);

    /// <summary>The same with a mailbox described in the settings at that path.</summary>
    public Props WithMailbox(string mailbox) => WithDeploy(Deploy with { Mailbox = mailbox });

    /// <summary>The same with a dispatcher described in the settings at that path.</summary>
    public Props WithDispatcher(string dispatcher) => WithDeploy(Deploy with { Dispatcher = dispatcher });

    /// <summary>The same behind a router.</summary>
    public Props WithRouter(RouterConfig? routerConfig) => WithDeploy(Deploy with { RouterConfig = routerConfig });

    /// <summary>The same with a limit to the stash; -1 for none.</summary>
    public Props WithStashCapacity(int stashCapacity) => WithDeploy(Deploy with { StashCapacity = stashCapacity });

    /// <summary>The same with other settings.</summary>
    public Props WithDeploy(Deploy deploy) => new(_producer, Arguments, deploy, SupervisorStrategy);

    /// <summary>The same with another answer to the failures of children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy? supervisorStrategy) => new(_producer, Arguments, Deploy, supervisorStrategy);

    /// <inheritdoc/>
    public override string ToString() => $"Props({Type})";

    internal ActorBase NewActor() => _producer.Produce();

    internal void Release(ActorBase actor) => _producer.Release(actor);

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
