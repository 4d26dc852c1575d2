using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Remoting;

/// <summary>Refs as texts and back, as this member sees them.</summary>
internal sealed class RefTexts(IActorRefProvider provider) : IRefTexts
{
    private static readonly string NobodyText = ActorRefs.Nobody.Path.ToString();

    public Address Own => provider.DefaultAddress;

    public string FullText(IActorRef actor) =>
        actor is Nobody ? NobodyText : actor.Path.ToSerializationFormatWithAddress(provider.DefaultAddress);

    public IActorRef? Resolve(string text, Address relativeTo)
    {
        if (text == NobodyText)
        {
            return ActorRefs.Nobody;
        }
        return ActorPath.TryParse(text.StartsWith('/') ? relativeTo + text : text, out var path) ? provider.ResolveActorRef(path) : null;
    }
}
