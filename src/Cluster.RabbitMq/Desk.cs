using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq;

/// <summary>Where a member's messages arrive: frames go to the member, the rest changes its roster or is answered.</summary>
internal sealed class Desk(MemberInfo self, RabbitMqTransportSettings settings, Names names, MemberCalls calls, TimeProvider time, Func<Session, Task> ask)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private readonly string _selfId = self.Id.ToString();
    private readonly TaskCompletionSource<string> _expelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Handshake? _handshake;
    private volatile Session? _session;

    /// <summary>Completes when the others have lost this member, with the reason.</summary>
    public Task<string> Expelled => _expelled.Task;

    /// <summary>Whether frames are let through.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether this member is saying goodbye: it still answers, and no longer as a member.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Messages of this session count from now on, those of earlier ones do not.</summary>
    public void Attend(Session session) => _session = session;

    /// <summary>Says hello and waits for everybody's answer.</summary>
    public async Task<Handshake> GreetAsync(Session session, bool isReturning, CancellationToken cancellationToken)
    {
        Handshake handshake;
        do
        {
            handshake = _handshake = new Handshake();
            var awaited = await AwaitedAsync(session, cancellationToken).ConfigureAwait(false);
            await SayAsync(session, Control.Hello, new() { Sender = self, IsMember = isReturning }, cancellationToken).ConfigureAwait(false);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var over = Task.Delay(settings.AnswerTimeout, time, patience.Token);
            while (!await handshake.WaitAsync(awaited, over, Task.Delay(LookAgain, time, patience.Token), cancellationToken).ConfigureAwait(false))
            {
                // Whose connection has just ended is counted still and answers nothing, for as long as its broker node is down. Who has come since was not asked.
                awaited = isReturning && await calls.AskAsync(static roster => roster.IsComplete).ConfigureAwait(false)
                    ? 0
                    : Math.Min(awaited, await AwaitedAsync(session, cancellationToken).ConfigureAwait(false));
            }
            await patience.CancelAsync().ConfigureAwait(false);
        }
        while (session.IsBlocked && !session.Lost.IsCompleted); // Nobody has heard the hello.

        return handshake;
    }

    /// <summary>Tells all members and candidates.</summary>
    public async Task SayAsync(Session session, string kind, Control control, CancellationToken cancellationToken) =>
        await session.SendAsync(names.Members, "", new BasicProperties { Type = kind }, control.ToBytes(), cancellationToken).ConfigureAwait(false);

    public Task ReceiveAsync(Session session, BasicDeliverEventArgs message) => calls.InTurnAsync(async (roster, receiver) =>
    {
        if (session != _session || _expelled.Task.IsCompleted)
        {
            return;
        }

        if (message.Exchange == Names.Events)
        {
            await EventAsync(session, roster, message.BasicProperties).ConfigureAwait(false);
        }
        else if (message.BasicProperties.Type is { } kind)
        {
            if (Control.Read(message.Body.Span) is { } control && control.Sender.Id != self.Id)
            {
                await ControlAsync(session, roster, receiver, kind, control).ConfigureAwait(false);
            }
        }
        else if (IsOpen && message.BasicProperties.AppId != _selfId)
        {
            await receiver.ReceiveAsync(message.Body).ConfigureAwait(false);
        }
    });

    /// <summary>This member is to be none any more.</summary>
    public void Expel(string reason) => _expelled.TrySetResult(reason);

    private static async Task<int> AwaitedAsync(Session session, CancellationToken cancellationToken) =>
        await session.CountAsync(cancellationToken).ConfigureAwait(false) - 1;

    private async Task EventAsync(Session session, Roster roster, IReadOnlyBasicProperties properties)
    {
        if (properties.Headers?.TryGetValue("name", out var name) == true && name is byte[] bytes && names.MemberOf(Encoding.UTF8.GetString(bytes)) is { } member)
        {
            roster.Away(member, time.GetUtcNow() + settings.Grace, "its connection to the broker was closed");
            await ask(session).ConfigureAwait(false);
        }
    }

    private async Task ControlAsync(Session session, Roster roster, IMemberReceiver receiver, string kind, Control control)
    {
        var sender = control.Sender;
        switch (kind)
        {
            case Control.Hello:
                await AnswerAsync(session, roster, receiver, control).ConfigureAwait(false);
                break;
            case Control.Welcome:
                calls.Tell_NeedsTurn(control.IsMember ? roster.Here(sender) : []);
                _handshake?.Answer(sender.Id);
                break;
            case Control.Refused:
                _handshake?.Answer(sender.Id, refusal: control.Text);
                break;
            case Control.Gone:
                _handshake?.Answer(sender.Id, gone: control.Text);
                if (IsOpen)
                {
                    Expel(control.Text ?? ""); // Also when it comes late: the others had to be waited for no longer.
                }

                break;
            case Control.Joined:
                calls.Tell_NeedsTurn(roster.Here(sender));
                break;
            case Control.Goodbye:
                calls.Tell_NeedsTurn(roster.Left(sender.Id));
                break;
            case Control.Expel when control.Target == self.Id:
                Expel(control.Text ?? "");
                break;
            case Control.Expel when control.Target is { } target:
                calls.Tell_NeedsTurn(roster.Lost(target, control.Text ?? "it was expelled"));
                break;
        }
    }

    private async Task AnswerAsync(Session session, Roster roster, IMemberReceiver receiver, Control hello)
    {
        var (kind, text) = Verdict(roster, receiver, hello);
        if (kind == Control.Welcome && hello.IsMember)
        {
            calls.Tell_NeedsTurn(roster.Here(hello.Sender));
        }

        var answer = new Control { Sender = self, IsMember = roster.IsMember && !IsLeaving, Text = text };
        await session.SendAsync("", names.Member(hello.Sender.Id), new BasicProperties { Type = kind }, answer.ToBytes(), CancellationToken.None).ConfigureAwait(false);
    }

    private (string Kind, string? Text) Verdict(Roster roster, IMemberReceiver receiver, Control hello)
    {
        var candidate = hello.Sender;
        if (roster.WhyGone(candidate.Id) is { } reason)
        {
            return (Control.Gone, reason);
        }

        if (!roster.IsMember || (hello.IsMember && roster.Knows(candidate.Id)))
        {
            return (Control.Welcome, null);
        }

        return candidate.Id.Name == self.Id.Name
            ? (Control.Refused, $"The name '{candidate.Id.Name}' belongs to a member that is there since {self.Since:u}; choose another name, or stop that member.")
            : receiver.Refuse(candidate) is { } sentence ? (Control.Refused, sentence) : (Control.Welcome, null);
    }
}
