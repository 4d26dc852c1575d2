using Sluice.Exporters.Events;

namespace Sluice.Exporters.Tests;

/// <summary>Events of a run.</summary>
internal static class Happenings
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ExporterEvent Moment(string id = "n1", string? parent = null, object? value = null) => Of(EventKind.Happened, id, parent, 0) with { Value = value };

    public static ExporterEvent Begin(string id, string? parent = null, double at = 0) => Of(EventKind.Started, id, parent, at);

    public static ExporterEvent End(string id, double at = 1, string? error = null) => Of(EventKind.Ended, id, null, at) with { Error = error };

    public static ExporterEvent With(this ExporterEvent happened, params (string Key, object? Value)[] attributes) =>
        happened.WithAttributes(attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value));

    private static ExporterEvent Of(EventKind kind, string id, string? parent, double at) => new()
    {
        Kind = kind,
        Id = id,
        ParentId = parent,
        Name = "name of " + id,
        Category = "node",
        Time = Start.AddSeconds(at),
    };
}
