using System.Text.RegularExpressions;

namespace Sluice.Architecture.Tests;

/// <summary>
/// The numbered sentences of the specifications each have a test whose name begins with the number, and documents name only tests that exist.
/// </summary>
public sealed partial class SentenceSpecs
{
    [Theory]
    [MemberData(nameof(Sentences))]
    public void Every_numbered_sentence_has_a_test_that_names_it(string sentence) =>
        TestsOf(sentence).ShouldNotBeEmpty($"no test's name begins with {PrefixOf(sentence)}: sentences.txt says where the sentence stands");

    [Fact]
    public void A_gap_is_named_only_while_it_is_one() =>
        Lines().Where(line => line.IsGap).Select(line => line.Sentence).Where(sentence => TestsOf(sentence).Any())
            .ShouldBeEmpty("these have tests now: take their '-' away in sentences.txt");

    [Fact]
    public void Every_test_that_names_a_sentence_names_one_that_exists()
    {
        var known = Lines().Select(line => PrefixOf(line.Sentence)).ToArray();
        var specifications = known.Select(prefix => prefix[..(prefix.IndexOf('_', StringComparison.Ordinal) + 1)]).Distinct().ToArray();

        TestNames.All
            .Where(name => specifications.Any(specification => Numbered(specification).IsMatch(name)))
            .Where(name => !known.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .ShouldBeEmpty("these name a sentence that sentences.txt does not have");
    }

    [Fact]
    public void Every_test_that_asks_md_names_exists()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "asks.md"));
        var named = TestName().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToArray();

        named.Length.ShouldBeGreaterThan(20);
        named.Where(name => !TestNames.All.Contains(name)).ShouldBeEmpty();
    }

    public static TheoryData<string> Sentences => [.. Lines().Where(line => !line.IsGap).Select(line => line.Sentence)];

    private static IEnumerable<string> TestsOf(string sentence) => TestNames.All.Where(name => name.StartsWith(PrefixOf(sentence), StringComparison.Ordinal));

    // "Pool 1.10" is the beginning of Pool_1_10_…, and "Pool 1.1" of Pool_1_1_… alone.
    private static string PrefixOf(string sentence) => sentence.Replace(' ', '_').Replace('.', '_') + "_";

    private static IEnumerable<(string Sentence, bool IsGap)> Lines() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Architecture.Tests", "sentences.txt"))
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0 && words[0] != "#"
        select words[0] == "-" ? ($"{words[1]} {words[2]}", true) : ($"{words[0]} {words[1]}", false);

    private static Regex Numbered(string specification) => new($"^{specification}[0-9]");

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
