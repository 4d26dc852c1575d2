using System.Text;

namespace Sluice.Journal.Victim;

/// <summary>Says whole lines, one at a time.</summary>
internal sealed class Voice : IDisposable
{
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task SayAsync(params IEnumerable<string> lines)
    {
        await _gate.WaitAsync();
        try
        {
            await _output.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + '\n'))));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _output.Dispose();
    }
}
