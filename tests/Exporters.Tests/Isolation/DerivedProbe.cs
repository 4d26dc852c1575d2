using Sluice.Exporters.Isolation;

namespace Sluice.Exporters.Tests.Isolation;

/// <summary>Adds isolated state to that of its base class.</summary>
internal sealed class DerivedProbe : Probe
{
    private static readonly IsolatedAttribute<Dictionary<string, int>> PendingAttribute = new(static () => []);

    public Dictionary<string, int> Pending => PendingAttribute[this];
}
