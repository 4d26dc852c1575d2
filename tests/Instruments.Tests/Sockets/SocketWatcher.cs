using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests.Sockets;

/// <summary>Keeps what the socket hooks said.</summary>
internal sealed class SocketWatcher : EventLoopInstrument
{
    private readonly Lock _gate = new();
    private readonly List<string> _order = [];
    private readonly TaskCompletionSource _sendHasToWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _sent = [];
    private readonly List<byte> _received = [];

    public Task SendHasToWait => _sendHasToWait.Task;

    public ConnectStarted ConnectStart { get; private set; }

    public Connected Connected { get; private set; }

    public AcceptStarted AcceptStart { get; private set; }

    public Accepted Accepted { get; private set; }

    public TlsHandshake Handshake { get; private set; }

    public SocketClosed Closed { get; private set; }

    public List<(int Offered, int Taken)> Sends { get; } = [];

    public IReadOnlyList<string> Order
    {
        get
        {
            lock (_gate)
            {
                return [.. _order];
            }
        }
    }

    public byte[] Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public byte[] Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public override void OnSocketConnectStart(in ConnectStarted connect)
    {
        ConnectStart = connect;
        Note("connect start");
    }

    public override void OnSocketConnectReady(in Connected connected)
    {
        Connected = connected;
        Note("connected");
    }

    public override void OnSocketAcceptStart(in AcceptStarted accept)
    {
        AcceptStart = accept;
        Note("accept start");
    }

    public override void OnSocketAcceptReady(in Accepted accepted)
    {
        Accepted = accepted;
        Note("accepted");
    }

    public override void OnSocketSendStart(in SocketWait wait)
    {
        Note("send start");
        _sendHasToWait.TrySetResult();
    }

    public override void OnSocketSendReady(in SocketWait wait) => Note("send ready");

    public override void OnSocketSendData(in SocketBytes sent)
    {
        lock (_gate)
        {
            Sends.Add((sent.Data.Length, sent.Count));
            _sent.AddRange(sent.Data[..sent.Count]);
            _order.Add("sent");
        }
    }

    public override void OnSocketRecvStart(in SocketWait wait) => Note("recv start");

    public override void OnSocketRecvReady(in SocketWait wait) => Note("recv ready");

    public override void OnSocketRecvData(in SocketBytes received)
    {
        lock (_gate)
        {
            _received.AddRange(received.Data);
            _order.Add("received");
        }
    }

    public override void OnTlsHandshakeComplete(in TlsHandshake handshake)
    {
        Handshake = handshake;
        Note("handshake");
    }

    public override void OnSocketClose(in SocketClosed closed)
    {
        Closed = closed;
        Note("closed");
    }

    private void Note(string what)
    {
        lock (_gate)
        {
            _order.Add(what);
        }
    }
}
