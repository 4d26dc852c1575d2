namespace Sluice.Journal.Engine;

/// <summary>A settlement on its way.</summary>
internal sealed class SettleRequest : JournalRequest<int>
{
    private RequestPool<SettleRequest>? _home;

    public string Sink { get; private set; } = "";

    public IReadOnlyList<Settlement> Outcomes { get; private set; } = [];

    /// <summary>Whether it failed once together with appends that found no space. Writer only.</summary>
    public bool IsSecondTry { get; set; }

    public void Load(RequestPool<SettleRequest> home, string sink, IReadOnlyList<Settlement> outcomes) =>
        (_home, Sink, Outcomes) = (home, sink, outcomes);

    protected override void Retire()
    {
        var home = _home;
        (_home, Outcomes, IsSecondTry) = (null, [], false);
        home?.Return(this);
    }
}
