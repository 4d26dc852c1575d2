using System.Diagnostics.CodeAnalysis;
using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>
/// The process-scoped assets on their way: made before an epoch begins, released after it has ended. Making and releasing are asynchronous,
/// so the runner actor does it and tells when it is done.
/// </summary>
internal sealed class AssetsInFlight(CallBook book)
{
    private readonly Queue<AssetRelease> _toRelease = [];
    private TubeRun? _run;
    private object?[]? _made;
    private bool _isWanted;
    private bool _isMaking;
    private int _releasing;

    public bool IsBusy => _isWanted || _isMaking || _releasing > 0;

    public bool IsReleasing => _releasing > 0;

    public void Start(TubeRun run)
    {
        _run = run;
        (_made, _isWanted, _isMaking, _releasing) = (run.FirstAssets, false, false, 0);
    }

    /// <summary>The assets of the next epoch; null when they must be made first.</summary>
    public object?[]? Take()
    {
        if (!book.HasProcessAssets)
        {
            return [];
        }

        var made = _made;
        _made = null;
        _isWanted = made is null && !_isMaking;
        return made;
    }

    public bool TakeWanted()
    {
        var wanted = _isWanted;
        _isMaking |= wanted;
        _isWanted = false;
        return wanted;
    }

    public void Made(object?[]? assets) => (_isMaking, _made) = (false, assets);

    /// <summary>No epoch will begin any more: nothing needs to be made, and what was made is released.</summary>
    public void Stop()
    {
        _isWanted = false;
        if (_made is { } unused)
        {
            _made = null;
            Release(new AssetRelease(_run!, null, unused));
        }
    }

    public void Release(AssetRelease release)
    {
        _releasing += release.Run == _run ? 1 : 0;
        _toRelease.Enqueue(release);
    }

    public bool TryTakeToRelease([MaybeNullWhen(false)] out AssetRelease release) => _toRelease.TryDequeue(out release);

    public void Released(AssetRelease release) => _releasing -= release.Run == _run ? 1 : 0;
}
