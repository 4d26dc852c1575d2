namespace Sluice.Actors.Tubes.Fusion;

/// <summary>
/// Decides where a node's calls are made, from how long they take up a thread: quick ones in the runner's place, without a hop;
/// all others on threads of their own. A node is not quick until it was seen to be, and no longer once it takes too long again and again.
/// Asynchronous calls count until their first wait. Pure: measures are given to it.
/// </summary>
internal sealed class Pace
{
    /// <summary>What two hops between threads cost, more or less: a call that takes less is made at once.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMicroseconds(25);

    private const int CallsPerMeasure = 64;
    private const int StrikesToSlow = 4;
    private const int CallsToQuick = 8;

    private int _strikes;
    private int _quickCalls;
    private int _calls;
    private bool _wasSlow;

    public bool IsQuick { get; private set; }

    /// <summary>Whether the next quick call is to be measured: one of many, or each of them while there is a suspicion.</summary>
    public bool IsMeasureDue => IsSuspected || (++_calls & (CallsPerMeasure - 1)) == 0;

    /// <summary>Whether the last measures of a quick node's calls say that it is quick no longer.</summary>
    public bool IsSuspected => _strikes > 0;

    /// <summary>A call took a thread for so long.</summary>
    public void Measured(TimeSpan taken)
    {
        if (IsQuick)
        {
            _strikes = taken > Limit ? _strikes + 1 : Math.Max(0, _strikes - 1);
            if (_strikes >= StrikesToSlow)
            {
                BecomeSlow();
            }
        }
        else
        {
            _quickCalls = taken > Limit ? 0 : _quickCalls + 1;
            IsQuick = _quickCalls >= (_wasSlow ? CallsToQuick : 1);
        }
    }

    /// <summary>A call has held the runner's place up.</summary>
    public void BecomeSlow()
    {
        IsQuick = false;
        _wasSlow = true;
        _strikes = 0;
        _quickCalls = 0;
    }
}
