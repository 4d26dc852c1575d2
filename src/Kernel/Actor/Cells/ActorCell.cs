using Sluice.Instruments;
using Sluice.Kernel.Dispatch;
using Sluice.Kernel.Dispatch.SysMsg;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>
/// What stands between a ref and its actor's instance: takes messages off the mailbox one at a time and hands them to the part
/// that is meant. What most actors do not use is in <see cref="CellParts"/>, made when it is first needed.
/// </summary>
internal sealed class ActorCell : Mailbox<NoSteps>, IUntypedActorContext, IInstrumented
{
    [ThreadStatic]
    private static ActorCell? _current;

    [ThreadStatic]
    private static bool _isCreating;

    private readonly LocalActorRef _self;
    private CellParts? _parts;

    public ActorCell(LocalActorRef self, Props props, IInternalActorRef parent, MessageDispatcher dispatcher, MessageQueue queue)
        : base(queue, dispatcher)
    {
        _self = self;
        Props = props;
        Parent = parent;
        Watched.Inherit(this);
    }

    /// <summary>Whether this thread runs the constructor of the current cell's instance.</summary>
    public static bool IsCreating
    {
        get => _isCreating;
        set => _isCreating = value;
    }

    /// <summary>The cell whose turn it is on this thread.</summary>
    public static ActorCell? Current => _current;

    public ActorSystemImpl System => (ActorSystemImpl)Dispatcher.System;

    public Props Props { get; }

    public IInternalActorRef Parent { get; }

    public LocalActorRef Self => _self;

    public IActorRef Sender => SenderIfAny ?? System.DeadLetters;

    public IActorRef? SenderIfAny => Actor?.InHand.Sender;

    /// <summary>The message in hand; stays after a failure until the supervisor has decided.</summary>
    public object? Message => Actor?.InHand.Message;

    /// <summary>The instance; <c>null</c> before it is made and after it was dropped.</summary>
    public ActorBase? Actor { get; set; }

    /// <summary>Whether the actor is on its way to its end.</summary>
    public bool IsStopping => Status.IsStopping;

    public CellParts Parts => _parts ??= new CellParts();

    public CellParts? PartsIfAny => _parts;

    public Children? ChildrenIfAny => _parts?.Children;

    public bool IsTerminated => Status.IsClosed;

    public TimeSpan? ReceiveTimeout => _parts?.ReceiveTimeout?.Timeout;

    IActorRef IActorContext.Self => _self;

    IActorRef IActorContext.Parent => Parent;

    ActorSystem IActorContext.System => System;

    string IInstrumented.Name => _self.Path.ToString();

    string IInstrumented.Kind => Props.Type.Name;

    IInstrumented? IInstrumented.Parent => (Parent as LocalActorRef)?.Cell;

    public static ActorCell RequireCurrent() =>
        _current ?? throw new NotSupportedException(
            "There is no active actor context: this code does not run in an actor's turn. After an await without ConfigureAwait(false) inside "
            + "ReceiveAsync it would; elsewhere, keep Self or Sender in a variable, or send the result with PipeTo.");

    protected override void EnterTurn()
    {
        _current = this;
#if !NO_HOOKS
        if (Status.IsWatched)
        {
            Watched.EnterTurn(this);
        }
#endif
    }

    protected override void LeaveTurn()
    {
        _current = null;
#if !NO_HOOKS
        if (Status.IsSpecial)
        {
            InstrumentScope.LeaveTurn();
        }
#endif
    }

    protected override void Invoke(in Envelope envelope) => Handle(envelope);

    protected override object Preparing(object message) =>
        _parts?.Instruments is { } instruments && instruments.Sees(Watched.AtPut) ? Watched.Put(this, instruments, message) : message;

    protected override void InvokeWatched(in Envelope envelope)
    {
        if (_parts?.Instruments is { } instruments && instruments.Sees(Watched.AtTurn))
        {
            Watched.Invoke(this, instruments, envelope);
        }
        else
        {
            Handle(envelope);
        }
    }

    protected override void Took(int messages)
    {
        if (_parts?.Instruments is { } instruments && instruments.Sees(InstrumentHooks.MailboxRun | InstrumentHooks.MessageSample))
        {
            Watched.Ran(this, instruments, messages);
        }
    }

    internal void Handle(in Envelope envelope)
    {
        Take(envelope);
        _parts?.Stash?.NextMessage();
        try
        {
            _parts?.ReceiveTimeout?.Touch(envelope.Message);
            if (envelope.Message is IAutoReceivedMessage)
            {
                AutoReceived.Handle(this, envelope.Message);
            }
            else
            {
                Receive(envelope.Message);
            }
            if (_parts?.AsyncTurn is not { IsPending: true })
            {
                ForgetMessage();
            }
        }
        catch (Exception failure)
        {
            Failures.Handle(this, failure);
        }
    }

    protected override void InvokeSystem(SystemMessage message)
    {
        try
        {
            SystemReceived.Handle(this, message);
        }
        catch (Exception failure)
        {
            Failures.Handle(this, failure);
        }
    }

    public void Receive(object message)
    {
        if (Actor is not { } actor)
        {
            Undeliverable(new Envelope(message, SenderIfAny), "the actor has stopped");
        }
        else if (!(_parts?.Behaviours?.Top is { } behaviour ? behaviour(message) : actor.OnReceive_InTurn(message)))
        {
            actor.OnUnhandled(message);
        }
    }

    /// <summary>Handles a message that came wrapped in another.</summary>
    public void ReceiveAs(object message, IActorRef? sender)
    {
        Take(new Envelope(message, sender));
        if (message is IAutoReceivedMessage)
        {
            AutoReceived.Handle(this, message);
        }
        else
        {
            Receive(message);
        }
    }

    protected override void Lost(in Envelope envelope, bool isOverflow)
    {
        var lost = new Envelope(TimedMessage.Unwrap(envelope.Message), envelope.Sender);
        if (_parts?.Instruments is { } instruments)
        {
            Watched.Left(this, instruments, lost.Message, isOverflow);
        }
        Undeliverable(lost, isOverflow ? "the mailbox is full" : "the actor has stopped");
    }

    private void Undeliverable(in Envelope envelope, string reason) => System.DeadLetters.Tell(
        new DeadLetter(envelope.Message, envelope.Sender ?? System.DeadLetters, _self, reason), envelope.Sender);

    protected override void LostSystem(SystemMessage message) => SystemReceived.AfterTheEnd(this, message);

    /// <summary>The message in hand is done.</summary>
    public void ForgetMessage()
    {
        Take(default);
        _parts?.ReceiveTimeout?.Rest();
    }

    /// <summary>Lets go of all that only a living actor needs; refs to the dead may be kept for long.</summary>
    public void Release()
    {
        Take(default);
        _parts = null;
    }

    // Kept with the instance, which only the turn touches: here it would be written beside what every sender reads.
    private void Take(in Envelope envelope)
    {
        if (Actor is { } actor)
        {
            actor.InHand = envelope;
        }
    }

    public IActorRef ActorOf(Props props, string? name = null) => Parts.ChildrenOf(this).Create(props, name);

    public IActorRef Child(string name) => ChildrenIfAny?.Find(name) ?? (IActorRef)ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => ChildrenIfAny?.All ?? [];

    public ActorSelection ActorSelection(ActorPath actorPath) => Sluice.Kernel.Actor.ActorSelection.To(System.Provider, actorPath);

    public ActorSelection ActorSelection(string actorPath) => Sluice.Kernel.Actor.ActorSelection.To(System.Provider, _self, actorPath);

    public void Stop(IActorRef child)
    {
        ChildrenIfAny?.Dying(child);
        ((IInternalActorRef)child).Stop();
    }

    public IActorRef Watch(IActorRef subject)
    {
        Parts.DeathWatchOf(this).Watch(subject, null);
        return subject;
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        Parts.DeathWatchOf(this).Watch(subject, message);
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        _parts?.DeathWatch?.Unwatch(subject);
        return subject;
    }

    public void SetReceiveTimeout(TimeSpan? receiveTimeout)
    {
        if (receiveTimeout is not null || _parts?.ReceiveTimeout is not null)
        {
            (Parts.ReceiveTimeout ??= new ReceiveTimeoutTimer(System.Scheduler, _self)).Set(receiveTimeout);
        }
    }

    public void Become(Receive receive) => Parts.BehavioursOf().Replace(receive);

    public void BecomeStacked(Receive receive) => Parts.BehavioursOf().Push(receive);

    public void UnbecomeStacked() => _parts?.Behaviours?.Pop();

    public void Become(UntypedReceive receive) => Become(Behaviours.Total(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Behaviours.Total(receive));

    public void RunTask(Func<Task> action) => RunTask(static run => run(), action);

    public void RunTask<T>(Func<T, Task> action, T argument)
    {
        var turn = Parts.AsyncTurn;
        if (turn is null or { IsAbandoned: true })
        {
            turn = Parts.AsyncTurn = new AsyncTurn(this);
        }
        turn.Run(action, argument);
    }
}
