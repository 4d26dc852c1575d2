namespace Sluice.Actors.Tubes.Fusion;

/// <summary>Something that may block, and so wants a thread of its own.</summary>
internal interface IThreadWork
{
    /// <summary>Does it. Never throws.</summary>
    void Work();
}
