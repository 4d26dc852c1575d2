using Sluice.Conformance.Tests.Cases;
using Sluice.Tubes.Errors;

namespace Sluice.Conformance.Tests.Comparing;

/// <summary>Errors by kind: what stands in C# for each of Python's classes.</summary>
public static class ErrorMatch
{
    /// <summary>What the reference says when iteration meets the end of a source; ours ends the iteration quietly, as it does a run (0.10).</summary>
    public const string EndInsideIteration = "generator raised StopIteration";

    private const string TooManyLoops = "Reached maximum process calls per iteration";

    public static bool IsEndInsideIteration(ExpectedError? expected) => expected is { Class: "RuntimeError", Message: EndInsideIteration };

    public static bool IsTooManyLoops(ExpectedError? expected) => expected is { Class: "RuntimeError", Message: TooManyLoops };

    /// <summary>Whether this error, at load, is the expected one. What the reference finds at the first call may be found at load: earlier is better.</summary>
    public static bool AtLoad(ExpectedError expected, Exception actual) => expected.Class switch
    {
        "ValidationError" => actual is InvalidTubeException || expected.IsAboutType && actual is UnknownNodeTypeException,
        "ValueError" or "TypeError" or "AssertionError" or "IndexError" or "RecursionError" => actual is InvalidTubeException,
        "ModuleNotFoundError" or "ImportError" or "AttributeError" => actual is UnknownNodeTypeException,
        "InputMissingError" => actual is InputMissingException,
        "KeyError" or "FileNotFoundError" => actual is UnknownTubeException or InvalidTubeException,
        _ => actual.GetType().Name == expected.Class,
    };

    public static bool AtCall(ExpectedError expected, Exception actual) => expected.Class switch
    {
        "RuntimeError" when IsTooManyLoops(expected) => actual is MaxIterLoopsException,
        "RuntimeError" => actual is InvalidOperationException,
        "ValueError" => actual is ArgumentException or TubeException,
        "TypeError" => actual is InvalidCastException or TubeException,
        "StopIteration" => actual is EndOfSourceException,
        "InputMissingError" => actual is InputMissingException,
        "KeyError" => actual is UnknownNodeException or KeyNotFoundException,
        "ZeroDivisionError" => actual is DivideByZeroException,
        _ => actual.GetType().Name == expected.Class,
    };
}
