using System.Text.RegularExpressions;

namespace Sluice.Hocon;

/// <summary>Knows by their names the settings that must not appear in logs.</summary>
internal static partial class Secrets
{
    public const string Hidden = "***";

    private static readonly string[] Names = ["password", "passphrase", "secret", "token", "api-key", "private-key", "credentials", "authorization"];

    public static bool IsSecret(string key) => Names.Any(name => key.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Hides name and password in an address such as <c>amqp://guest:guest@host</c>.</summary>
    public static string WithoutUserInfo(string text) => UserInfo().Replace(text, $"://{Hidden}@");

    [GeneratedRegex(@"://[^/@\s]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
