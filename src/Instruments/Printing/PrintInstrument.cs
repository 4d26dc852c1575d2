namespace Sluice.Instruments.Printing;

/// <summary>Prints every event as a line.</summary>
/// <param name="writer">Where to; standard output if left out. Not disposed.</param>
public sealed class PrintInstrument(TextWriter? writer = null) : TextInstrument
{
    private readonly Lock _gate = new();
    private readonly TextWriter _writer = writer ?? Console.Out;

    /// <inheritdoc/>
    protected override void Write(string line)
    {
        lock (_gate)
        {
            _writer.WriteLine(line);
        }
    }
}
