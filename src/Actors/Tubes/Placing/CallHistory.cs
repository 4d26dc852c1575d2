using System.Runtime.InteropServices;
using Sluice.Messages.Tubes;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>
/// The calls that have made the state of a node what it is, so that they can be made again on another member. It is kept up to a number of calls and
/// of bytes; with more it is dropped, and the state cannot be made again.
/// </summary>
internal sealed class CallHistory(int maxCalls, long maxBytes)
{
    private readonly List<CallNode> _calls = [];
    private long _bytes;

    public int Count => _calls.Count;

    /// <summary>Whether all calls are here that there have been.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>How many calls there have been.</summary>
    public long Made { get; private set; }

    public CallNode this[int index] => _calls[index];

    public void Add(CallNode call)
    {
        Made++;
        _bytes += JsonMarshal.GetRawUtf8Value(call.Inputs).Length;
        IsComplete &= _calls.Count < maxCalls && _bytes <= maxBytes;
        if (IsComplete)
        {
            _calls.Add(call);
        }
        else if (_calls.Count > 0)
        {
            _calls.Clear();
            _calls.TrimExcess();
        }
    }

    /// <summary>The state begins anew.</summary>
    public void Forget()
    {
        _calls.Clear();
        (_bytes, Made, IsComplete) = (0, 0, true);
    }
}
