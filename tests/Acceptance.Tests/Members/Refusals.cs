namespace Sluice.Acceptance.Tests.Members;

internal static class Refusals
{
    /// <summary>Exit code 1, and one line on standard error that has all the words.</summary>
    public static void ShouldBeRefused(this (int ExitCode, string Output, string Errors) run, params string[] words)
    {
        run.ExitCode.ShouldBe(1, run.Errors);
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, run.Errors);
        words.ShouldAllBe(word => run.Errors.Contains(word, StringComparison.Ordinal), run.Errors);
    }
}
