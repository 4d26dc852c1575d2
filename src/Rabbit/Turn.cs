using System.Threading.Channels;

namespace Sluice.Rabbit;

/// <summary>One at a time, in the order of asking. Holds nothing that would have to be disposed.</summary>
public sealed class Turn
{
    private readonly Channel<bool> _taken = Channel.CreateBounded<bool>(1);

    /// <summary>Waits for the turn; whoever has it calls <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">Given up; the turn is not had.</exception>
    public ValueTask EnterAsync(CancellationToken cancellationToken = default) => _taken.Writer.WriteAsync(true, cancellationToken);

    /// <summary>The next one may enter.</summary>
    public void Leave() => _taken.Reader.TryRead(out _);
}
