using System.Threading.Channels;

namespace Sluice.Cluster.RabbitMq;

/// <summary>One at a time, in the order of asking. Holds nothing that would have to be disposed.</summary>
internal sealed class Turn
{
    private readonly Channel<bool> _taken = Channel.CreateBounded<bool>(1);

    /// <summary>Waits for the turn; whoever has it calls <see cref="Leave"/>.</summary>
    public ValueTask EnterAsync(CancellationToken cancellationToken = default) => _taken.Writer.WriteAsync(true, cancellationToken);

    public void Leave() => _taken.Reader.TryRead(out _);
}
