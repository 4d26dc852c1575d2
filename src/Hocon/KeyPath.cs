using System.Text;

namespace Sluice.Hocon;

/// <summary>The keys that lead from the root to a value. Written with dots; a key that would be misread is quoted.</summary>
internal sealed class KeyPath
{
    private readonly string[] _keys;

    public KeyPath(params string[] keys) => _keys = keys;

    public static KeyPath Root { get; } = new();

    public int Length => _keys.Length;

    public ReadOnlySpan<string> Keys => _keys;

    public string Last => _keys[^1];

    public KeyPath Then(string key) => new([.. _keys, key]);

    public KeyPath Then(KeyPath other) => Length == 0 ? other : other.Length == 0 ? this : new([.. _keys, .. other._keys]);

    /// <summary>The keys joined by dots without any quotes: the name that an environment variable would have.</summary>
    public string Unquoted() => string.Join('.', _keys);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var key in _keys)
        {
            text.Append(text.Length > 0 ? "." : "").Append(Quoting.OfKey(key));
        }

        return text.ToString();
    }
}
