using System.Globalization;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sluice.Rabbit;

/// <summary>Makes connections to one broker. They do not recover by themselves: whoever holds one knows best what to do when it is lost.</summary>
public sealed class RabbitConnector : IDisposable
{
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(8);
    private readonly RabbitSettings _settings;
    private readonly Func<string, string?> _environment;
    private readonly TlsMaterial? _tls;
    private readonly AmqpTcpEndpoint[] _nodes;
    private int _next;

    /// <summary>Checks the settings and reads certificates; connects to nothing.</summary>
    /// <exception cref="RabbitSettingsException">A setting cannot work, or a file cannot be read.</exception>
    public RabbitConnector(RabbitSettings settings, Func<string, string?> environment)
    {
        _settings = settings;
        _environment = environment;
        if (settings.Heartbeat < TimeSpan.FromSeconds(1) || settings.Heartbeat > TimeSpan.FromMinutes(10))
        {
            throw new RabbitSettingsException("heartbeat", "is not between 1s and 10m; give a time such as 2s.");
        }

        if (settings.ConnectTimeout <= TimeSpan.Zero)
        {
            throw new RabbitSettingsException("connect-timeout", "is not above zero; give a time such as 5s.");
        }

        if (settings.Authentication is RabbitAuthentication.Certificate && (!settings.Tls.Enabled || settings.Tls.CertificateFile.Length == 0))
        {
            throw new RabbitSettingsException("authentication", "is certificate, which needs tls.enabled = true and tls.certificate-file.");
        }

        _tls = settings.Tls.Enabled ? new TlsMaterial(settings.Tls) : null;
        _nodes = [.. settings.Hosts.Select(Node)];
        if (_nodes.Length == 0)
        {
            throw new RabbitSettingsException("hosts", "is empty; name at least one broker such as [\"127.0.0.1:5672\"].");
        }

        // Found missing now rather than at the first connection.
        _ = Factory();
        ClientFaults.Guard();
    }

    /// <summary>The nodes as people read them.</summary>
    public string Nodes => string.Join(", ", _settings.Hosts);

    /// <summary>Connects to the first node that lets this program in, beginning behind the one that was tried last.</summary>
    /// <param name="name">What the broker's operators see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RabbitUnreachableException">No node did.</exception>
    public Task<IConnection> ConnectAsync(string name, CancellationToken cancellationToken) => ConnectAsync(name, null, cancellationToken);

    /// <summary>As the other, beginning with the node of a connection that this one works together with: so the loss of no second node ends what both do.</summary>
    /// <inheritdoc cref="ConnectAsync(string, CancellationToken)"/>
    public async Task<IConnection> ConnectAsync(string name, IConnection? beside, CancellationToken cancellationToken)
    {
        var first = beside is null ? Interlocked.Increment(ref _next) - 1 : Array.FindIndex(_nodes, node => node.Equals(beside.Endpoint));
        var answers = new List<string>();
        Exception? last = null;
        var factory = Factory();
        for (var i = 0; i < _nodes.Length; i++)
        {
            var node = _nodes[(int)((uint)(first + i) % (uint)_nodes.Length)];
            try
            {
                return await ConnectAsync(factory, node, name, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (IsOfTheConnection(fault) || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                last = fault;
                answers.Add($"{node.HostName}:{node.Port.ToString(CultureInfo.InvariantCulture)} ({Cause(fault)}{Hint(fault)})");
            }
        }

        throw new RabbitUnreachableException($"No RabbitMQ takes the connection: {string.Join("; ", answers)}.", IsRefusal(last), last);
    }

    /// <summary>Whether an exception tells of the broker or of the way to it, not of a mistake in this program.</summary>
    public static bool IsOfTheConnection(Exception fault) =>
        fault is RabbitMQClientException or IOException or TimeoutException or SocketException
            or ObjectDisposedException or System.Security.Authentication.AuthenticationException;

    /// <inheritdoc/>
    public void Dispose() => _tls?.Dispose();

    private async Task<IConnection> ConnectAsync(ConnectionFactory factory, AmqpTcpEndpoint node, string name, CancellationToken cancellationToken)
    {
        // The client's own limits cover the parts; a broker that is frozen takes the connection and never answers.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_settings.ConnectTimeout);
        return await factory.CreateConnectionAsync([node], name, limit.Token).ConfigureAwait(false);
    }

    private AmqpTcpEndpoint Node(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var port = _settings.Tls.Enabled ? 5671 : 5672;
        if (host.Length == 0 || (colon >= 0 && !(int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536)))
        {
            throw new RabbitSettingsException("hosts", $"'{text}' is not a broker; write host or host:port, such as \"127.0.0.1:5672\".");
        }

        return _tls is null ? new AmqpTcpEndpoint(host, port) : new AmqpTcpEndpoint(host, port, _tls.For(host));
    }

    private ConnectionFactory Factory()
    {
        var factory = new ConnectionFactory
        {
            VirtualHost = _settings.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = _settings.Heartbeat,
            RequestedConnectionTimeout = _settings.ConnectTimeout,
            HandshakeContinuationTimeout = _settings.ConnectTimeout,

            // A node without its quorum answers nothing for half a minute; another one, or the same a moment later, may.
            ContinuationTimeout = _settings.ConnectTimeout > ShortestPatience ? _settings.ConnectTimeout : ShortestPatience,
        };
        if (_settings.Authentication is RabbitAuthentication.Certificate)
        {
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
        }
        else
        {
            factory.UserName = Variable("user-variable", _settings.UserVariable);
            factory.Password = _settings.PasswordFile.Length > 0 ? FromFile() : Variable("password-variable", _settings.PasswordVariable);
        }

        return factory;
    }

    private string Variable(string key, string variable) =>
        _environment(variable) is { Length: > 0 } value
            ? value
            : throw new RabbitSettingsException(key, $"the environment variable '{variable}' is not set; set it, or name another one here.");

    private string FromFile()
    {
        try
        {
            return File.ReadAllText(_settings.PasswordFile).TrimEnd('\n', '\r');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RabbitSettingsException("password-file", $"'{_settings.PasswordFile}' cannot be read: {fault.Message}", fault);
        }
    }

    private static bool IsRefusal(Exception? fault) =>
        Chain(fault).Any(one => one is AuthenticationFailureException or PossibleAuthenticationFailureException or OperationInterruptedException { ShutdownReason.ReplyCode: 530 or 403 });

    // The client wraps what happened several times; the innermost sentence tells most.
    private static string Cause(Exception fault) => fault is OperationCanceledException ? "no answer in time" : Chain(fault).Last().Message;

    // A broker that asks for a certificate ends the connection of a client without one; whether its alert or the end arrives first is chance.
    private string Hint(Exception fault) =>
        _settings.Tls is { Enabled: true, CertificateFile.Length: 0 } && IsEnd(Chain(fault).Last()) ? "; if the broker asks for a certificate, name one in tls.certificate-file" : "";

    private static bool IsEnd(Exception fault) =>
        fault is IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown }
        || fault.Message.Contains("alert certificate required", StringComparison.Ordinal);

    private static IEnumerable<Exception> Chain(Exception? fault)
    {
        for (var one = fault; one is not null; one = one is AggregateException { InnerExceptions: [var first, ..] } ? first : one.InnerException)
        {
            yield return one;
        }
    }
}
