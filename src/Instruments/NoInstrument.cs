namespace Sluice.Instruments;

/// <summary>Sees nothing: what is current while no instrument is active.</summary>
internal sealed class NoInstrument : TubeInstrument
{
    public static readonly NoInstrument Instance = new();
}
