namespace Sluice.Instruments.Tests;

/// <summary>Something to watch; counts how often its name was asked for.</summary>
internal sealed class Named(string name, string kind = "thing", IInstrumented? parent = null) : IInstrumented
{
    public int NamesBuilt { get; private set; }

    public string Kind => kind;

    public IInstrumented? Parent => parent;

    public string Name
    {
        get
        {
            NamesBuilt++;
            return name;
        }
    }
}
