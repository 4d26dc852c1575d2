namespace Sluice.Tubes.Specification;

/// <summary>Where a node shall run when its tube runs on a cluster. Other runners pay it no attention.</summary>
public abstract record Placement
{
    private Placement()
    {
    }

    /// <summary>With the runner.</summary>
    public sealed record Local : Placement
    {
        /// <inheritdoc/>
        public override string ToString() => "local";
    }

    /// <summary>On all members in turn, one node here, the next there.</summary>
    public sealed record RoundRobin : Placement
    {
        /// <inheritdoc/>
        public override string ToString() => "round-robin";
    }

    /// <summary>On members with a role, in turn.</summary>
    /// <param name="Name">The role.</param>
    public sealed record Role(string Name) : Placement
    {
        /// <inheritdoc/>
        public override string ToString() => $"role {Name}";
    }

    internal const string Forms = "local, round-robin or { role: NAME }";

    internal static Placement? Read(Fields fields)
    {
        switch (fields.Map["placement"])
        {
            case null or Source.SourceScalar { Value: null }:
                return null;
            case Source.SourceScalar { Value: "local" }:
                return new Local();
            case Source.SourceScalar { Value: "round-robin" }:
                return new RoundRobin();
            case Source.SourceMap { Entries: [{ Key: "role", Value: Source.SourceScalar { Value: string { Length: > 0 } role } }] }:
                return new Role(role);
            case Source.SourceScalar scalar:
                throw fields.Error("placement", $"'{scalar.Text}' is none of {Forms}.");
            default:
                throw fields.Error("placement", $"this is none of {Forms}.");
        }
    }
}
