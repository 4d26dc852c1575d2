using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Tubes.Specification;

/// <summary>Reads what is written under <c>on-error</c>.</summary>
internal static partial class ErrorPolicyText
{
    public const string Forms = "fail, skip-epoch, disable, retry(3) or retry(3, 100ms)";

    public static ErrorPolicy? Read(string text) => text.Trim() switch
    {
        "fail" => ErrorPolicy.Fail,
        "skip-epoch" => new ErrorPolicy.SkipEpoch(),
        "disable" => new ErrorPolicy.Disable(),
        var other => Retry(RetryForm().Match(other)),
    };

    private static ErrorPolicy.Retry? Retry(Match match)
    {
        if (!match.Success || !int.TryParse(match.Groups["times"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var times) || times < 1)
        {
            return null;
        }

        var amount = match.Groups["amount"];
        var backoff = amount.Success ? double.Parse(amount.Value, CultureInfo.InvariantCulture) * Milliseconds(match.Groups["unit"].Value) : 0;
        return new ErrorPolicy.Retry(times, TimeSpan.FromMilliseconds(backoff));
    }

    private static double Milliseconds(string unit) => unit switch { "s" => 1000, "m" => 60_000, _ => 1 };

    [GeneratedRegex(@"^retry\(\s*(?<times>\d{1,6})\s*(?:,\s*(?<amount>\d+(?:\.\d+)?)\s*(?<unit>ms|s|m)\s*)?\)$")]
    private static partial Regex RetryForm();
}
