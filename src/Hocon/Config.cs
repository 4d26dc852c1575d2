using Sluice.Hocon.Binding;
using Sluice.Hocon.Reading;
using Sluice.Hocon.Resolving;
using Sluice.Hocon.Tree;

namespace Sluice.Hocon;

/// <summary>
/// A configuration: keys with values, over as many fallbacks as were given. Immutable and safe to share. Substitutions are resolved when a value
/// is first read, all at once, so that a fallback may supply them; a mistake in one surfaces then, as <see cref="ConfigException"/>.
/// </summary>
/// <remarks>
/// Paths are written with dots; a key that has a dot itself is quoted: <c>a."b.c"</c>. A key that is set to null counts as missing.
/// The getters without a default throw where the key is missing; those with one return it then, but still throw if the value is of a wrong type.
/// </remarks>
public sealed class Config
{
    private readonly IReadOnlyList<Node> _layers;
    private readonly KeyPath _path;
    private readonly Func<string, string?> _environment;
    private readonly Lazy<HoconObject> _root;

    internal Config(IReadOnlyList<Node> layers, KeyPath path, Func<string, string?>? environment = null)
    {
        _layers = layers;
        _path = path;
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _root = new Lazy<HoconObject>(() => Resolver.Resolve(_layers, _environment));
    }

    /// <summary>The resolved object that holds all values, those of fallbacks included.</summary>
    public HoconObject Root => _root.Value;

    /// <summary>Whether there are no keys.</summary>
    public bool IsEmpty => Root.Fields.Count == 0;

    /// <summary>Where this configuration was cut from a larger one; empty for a whole one.</summary>
    internal KeyPath Path => _path;

    /// <summary>This configuration, with another one for what it does not set. Objects merge; any other value hides the fallback's.</summary>
    public Config WithFallback(Config? fallback) =>
        fallback is null ? this : new Config([.. fallback._layers, .. _layers], _path, _environment);

    /// <summary>The same with something else for the environment's variables.</summary>
    internal Config WithEnvironment(Func<string, string?> environment) => new(_layers, _path, environment);

    /// <summary>Resolves all substitutions now instead of at the first read.</summary>
    /// <exception cref="ConfigException">A substitution has no value or is circular.</exception>
    public Config Resolve()
    {
        _ = Root;
        return this;
    }

    /// <summary>Whether the path has a value other than null.</summary>
    public bool HasPath(string path) => Find(Parse(path)) is not null;

    /// <summary>The value at a path.</summary>
    /// <exception cref="ConfigException">The key is missing or null.</exception>
    public HoconValue GetValue(string path) => FindOrThrow(Parse(path), "a value");

    /// <summary>The object at a path as a configuration of its own; an empty one if the key is missing.</summary>
    /// <exception cref="ConfigException">The value is not an object.</exception>
    public Config GetConfig(string path)
    {
        var keys = Parse(path);
        return Find(keys) switch
        {
            null => new Config([new ObjectNode(Nearest(keys).Origin)], _path.Then(keys), _environment),
            HoconObject value => new Config([new ResolvedNode(value)], _path.Then(keys), _environment),
            var value => throw Mistakes.WrongType(value, _path.Then(keys), "an object"),
        };
    }

    /// <summary>The same without some of its top-level keys, for a section that is bound to several records.</summary>
    public Config Without(params IReadOnlyCollection<string> keys)
    {
        var kept = Root.Fields.Where(field => !keys.Contains(field.Key));
        return new Config([new ResolvedNode(new HoconObject(new OrderedDictionary<string, HoconValue>(kept), Root.Origin))], _path, _environment);
    }

    /// <summary>A scalar as text.</summary>
    /// <exception cref="ConfigException">The key is missing, or an object or a list.</exception>
    public string GetString(string path) => Get(path, Readings.Text);

    /// <inheritdoc cref="GetString(string)" path="/summary"/>
    public string? GetString(string path, string? @default) => HasPath(path) ? GetString(path) : @default;

    /// <summary>A whole number; <c>1e3</c> and <c>5.0</c> are whole, and may be quoted.</summary>
    /// <exception cref="ConfigException">The key is missing or not a whole number of 32 bits.</exception>
    public int GetInt(string path) => Get(path, Readings.Int);

    /// <inheritdoc cref="GetInt(string)" path="/summary"/>
    public int GetInt(string path, int @default) => HasPath(path) ? GetInt(path) : @default;

    /// <summary>A whole number of 64 bits.</summary>
    /// <exception cref="ConfigException">The key is missing or not a whole number of 64 bits.</exception>
    public long GetLong(string path) => Get(path, Readings.Long);

    /// <inheritdoc cref="GetLong(string)" path="/summary"/>
    public long GetLong(string path, long @default) => HasPath(path) ? GetLong(path) : @default;

    /// <summary>A number.</summary>
    /// <exception cref="ConfigException">The key is missing or not a number.</exception>
    public double GetDouble(string path) => Get(path, Readings.Double);

    /// <inheritdoc cref="GetDouble(string)" path="/summary"/>
    public double GetDouble(string path, double @default) => HasPath(path) ? GetDouble(path) : @default;

    /// <summary><c>true</c>, <c>yes</c> or <c>on</c>; <c>false</c>, <c>no</c> or <c>off</c>.</summary>
    /// <exception cref="ConfigException">The key is missing or none of these.</exception>
    public bool GetBoolean(string path) => Get(path, Readings.Boolean);

    /// <inheritdoc cref="GetBoolean(string)" path="/summary"/>
    public bool GetBoolean(string path, bool @default) => HasPath(path) ? GetBoolean(path) : @default;

    /// <summary>A duration such as <c>5s</c> or <c>250 ms</c>; milliseconds if it has no unit.</summary>
    /// <param name="path">The key.</param>
    /// <param name="allowInfinite">Whether <c>infinite</c> may stand for <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <exception cref="ConfigException">The key is missing or not a duration.</exception>
    public TimeSpan GetTimeSpan(string path, bool allowInfinite = true) =>
        Get(path, allowInfinite ? Readings.DurationOrInfinite : Readings.Duration);

    /// <inheritdoc cref="GetTimeSpan(string,bool)" path="/summary"/>
    public TimeSpan GetTimeSpan(string path, TimeSpan @default, bool allowInfinite = true) =>
        HasPath(path) ? GetTimeSpan(path, allowInfinite) : @default;

    /// <summary>A number of bytes such as <c>64 MiB</c> or <c>1kB</c>; bytes if it has no unit.</summary>
    /// <exception cref="ConfigException">The key is missing or not a size.</exception>
    public long GetByteSize(string path) => Get(path, Readings.ByteSize);

    /// <inheritdoc cref="GetByteSize(string)" path="/summary"/>
    public long GetByteSize(string path, long @default) => HasPath(path) ? GetByteSize(path) : @default;

    /// <summary>A list of scalars as texts.</summary>
    /// <exception cref="ConfigException">The key is missing, not a list, or an element is an object or a list.</exception>
    public IList<string> GetStringList(string path)
    {
        var keys = Parse(path);
        var items = Lists.ItemsOf(FindOrThrow(keys, "a list"), _path.Then(keys));
        return [.. items.Select((item, i) => Scalar.Read(item, Readings.Text, _path.Then(keys).Then($"{i}")))];
    }

    /// <inheritdoc cref="GetStringList(string)" path="/summary"/>
    public IList<string> GetStringList(string path, string[] @default) => HasPath(path) ? GetStringList(path) : @default;

    /// <summary>
    /// Builds a settings record of the object at a path. Keys are the names of the record's properties and constructor parameters in kebab-case
    /// (<c>BatchSize</c> is <c>batch-size</c>). A <c>required</c> property or a parameter without default must be set, unless it is nullable;
    /// a key that the record does not know is refused.
    /// </summary>
    /// <remarks>
    /// Values may be texts, booleans, numbers, enums (in kebab-case), durations, sizes (<see cref="ByteSizeAttribute"/>), absolute URIs, lists,
    /// dictionaries with text keys, other records, abstract records (<see cref="SettingsTypeAttribute"/>), <see cref="Config"/> and
    /// <see cref="HoconValue"/>. <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/> and the other validation attributes are checked.
    /// </remarks>
    /// <exception cref="ConfigException">A key is missing, unknown, of the wrong type or out of range. The message names place, key and remedy.</exception>
    /// <exception cref="NotSupportedException">The record has a property of a type that cannot be bound.</exception>
    public T Bind<T>(string path)
        where T : notnull
    {
        var keys = Parse(path);
        var value = Find(keys) ?? throw Mistakes.Missing(Nearest(keys).Origin, _path.Then(keys), "an object");
        return (T)SettingsBinder.Bind(typeof(T), value, _path.Then(keys));
    }

    /// <summary>Builds a settings record of the whole configuration.</summary>
    /// <inheritdoc cref="Bind{T}(string)" path="/exception"/>
    public T Bind<T>()
        where T : notnull => (T)SettingsBinder.Bind(typeof(T), Root, _path);

    /// <summary>Writes the effective configuration as HOCON, for people who wonder where a setting comes from.</summary>
    /// <param name="origins">Whether a comment behind each value tells its origin.</param>
    /// <param name="secrets">Whether passwords, tokens and the like are shown; by default <c>***</c> stands for them.</param>
    public string Render(bool origins = true, bool secrets = false) => Renderer.Render(Root, origins, secrets);

    /// <inheritdoc/>
    public override string ToString() => Render();

    private static KeyPath Parse(string path) => PathReader.Parse(path, Origin.Program with { Source = $"path '{path}'" });

    private T Get<T>(string path, ScalarReading<T> reading)
        where T : notnull
    {
        var keys = Parse(path);
        return Scalar.Read(FindOrThrow(keys, reading.Expected), reading, _path.Then(keys));
    }

    private HoconValue FindOrThrow(KeyPath path, string expected) =>
        Find(path) ?? throw Mistakes.Missing(Nearest(path).Origin, _path.Then(path), expected);

    private HoconValue? Find(KeyPath path)
    {
        HoconValue? value = Root;
        foreach (var key in path.Keys)
        {
            value = value is HoconObject fields && fields.TryGet(key, out var field) ? field : null;
        }

        return value is HoconScalar { Kind: ScalarKind.Null } ? null : value;
    }

    private HoconObject Nearest(KeyPath path)
    {
        var nearest = Root;
        foreach (var key in path.Keys)
        {
            if (!nearest.TryGet(key, out var field) || field is not HoconObject inner)
            {
                break;
            }

            nearest = inner;
        }

        return nearest;
    }
}
