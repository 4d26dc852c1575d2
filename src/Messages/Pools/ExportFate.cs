namespace Sluice.Messages.Pools;

/// <summary>Where an item is, seen from one exporter.</summary>
public enum ExportFate
{
    /// <summary>The sink has confirmed it.</summary>
    Delivered,

    /// <summary>It is saved and will be sent (or sent again) to this exporter.</summary>
    Unsent,

    /// <summary>It lies with the dead letters: the sink will never take it, or the attempts are used up.</summary>
    DeadLettered,

    /// <summary>The pool's policy does not want it there: enough others have it, or the exporter is a shadow.</summary>
    NotOwed,

    /// <summary>It is gone for this exporter, because the pool saves nothing (<c>save = off</c>).</summary>
    Lost,
}
