using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Sluice.Acceptance.Tests.Deployment;

/// <summary>cluster-compose.yml, read as data.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object> _root;

    public ComposeFile()
    {
        using var text = File.OpenText(Path);
        _root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text)))!;
    }

    public static string Path => System.IO.Path.Combine(Checkout.Root, "cluster-compose.yml");

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> Services => Map(_root["services"]).ToDictionary(one => one.Key, one => Map(one.Value));

    public IEnumerable<KeyValuePair<string, IReadOnlyDictionary<string, object>>> Members => Services.Where(one => one.Key.StartsWith("member-", StringComparison.Ordinal));

    /// <summary>The names of a top-level section's entries.</summary>
    public IReadOnlyCollection<string> Names(string section) => [.. Map(_root[section]).Keys];

    /// <summary>The files of a top-level section (configs, secrets) by name.</summary>
    public IReadOnlyDictionary<string, string> Files(string section) => Map(_root[section]).ToDictionary(one => one.Key, one => (string)Map(one.Value)["file"]);

    public static IReadOnlyDictionary<string, object> Map(object value) =>
        ((Dictionary<object, object>)value).ToDictionary(one => (string)one.Key, one => one.Value);

    /// <summary>A list whose entries are names or <c>{ source: name }</c>.</summary>
    public static IEnumerable<string> Sources(object value) => ((List<object>)value).Select(one => one as string ?? (string)Map(one)["source"]);

    public static IReadOnlyList<string> Words(object value) => [.. ((List<object>)value).Cast<string>()];
}
