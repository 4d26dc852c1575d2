using System.Buffers;
using System.Text.Json;
using Sluice.Tubes.Events;
using Sluice.Tubes.Reports;

namespace Sluice.Host.Output;

/// <summary>One JSON object per line on standard output and nothing else there; notes, reports and the outcome go to standard error.</summary>
internal sealed class JsonView(Stream output, TextWriter notes, bool events) : IRunView
{
    private readonly PlainView _notes = new(notes, showReturned: false);
    private const int EventBytes = 1 << 16;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Lock _gate = new();

    public bool WantsEvents => events;

    /// <summary>Takes standard output for itself: what nodes write to the console goes to standard error from now on.</summary>
    public static JsonView OnStandardOutput(bool events)
    {
        Console.SetOut(Console.Error);
        return new JsonView(Console.OpenStandardOutput(), Console.Error, events);
    }

    public void Note(string line) => _notes.Note(line);

    public void Alarm(string line) => _notes.Alarm(line);

    public void Event(TubeEvent happened) =>
        Line(
            json =>
            {
                json.WriteStartObject("event");
                json.WriteString("node", happened.NodeId);
                json.WriteString("signal", happened.Signal);
                json.WriteString("epoch", happened.Epoch.ToString());
                json.WritePropertyName("value");
                ValueJson.Write(json, happened.Value);
                json.WriteEndObject();
            },
            flush: false);

    // Flushed at once: who reads the line may rely on the value being in the journal, and a kill must not take it back.
    public void Returned(string epoch, object? value) =>
        Line(
            json =>
            {
                json.WriteString("epoch", epoch);
                json.WritePropertyName("value");
                ValueJson.Write(json, value);
            },
            flush: true);

    public void Progress(RunProgress progress)
    {
        lock (_gate)
        {
            Flush();
        }

        _notes.Progress(progress);
    }

    public void Ended(IReadOnlyList<Report> reports, RunOutcome outcome) => _notes.Ended(reports, outcome);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            Flush();
        }

        await _notes.DisposeAsync().ConfigureAwait(false);
    }

    private void Line(Action<Utf8JsonWriter> content, bool flush)
    {
        lock (_gate)
        {
            using (var json = new Utf8JsonWriter(_lines, ValueJson.WriterOptions))
            {
                json.WriteStartObject();
                content(json);
                json.WriteEndObject();
            }

            _lines.Write("\n"u8);
            if (flush || _lines.WrittenCount > EventBytes)
            {
                Flush();
            }
        }
    }

    // One write for whole lines: whoever reads the pipe never sees half a line of a program that was killed.
    private void Flush()
    {
        output.Write(_lines.WrittenSpan);
        output.Flush();
        _lines.ResetWrittenCount();
    }
}
