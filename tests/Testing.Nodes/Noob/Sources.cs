using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>The generators of <c>noob.testing</c>.</summary>
public static class Sources
{
    [NodeName("noob.testing.count_source")]
    [return: Signal("index")]
    public static IEnumerable<long> CountSource(long limit = 10000, long start = 0)
    {
        for (var i = start; limit == 0 || i < limit; i++)
        {
            yield return i;
        }
    }

    [NodeName("noob.testing.letter_source")]
    [return: Signal("letter")]
    public static IEnumerable<string> LetterSource()
    {
        for (var i = 0; ; i = (i + 1) % 26)
        {
            yield return ((char)('a' + i)).ToString();
        }
    }

    [NodeName("noob.testing.cycle")]
    public static IEnumerable<long> Cycle(long start = 0, long stop = 100, long step = 1)
    {
        while (step > 0 ? start < stop : start > stop)
        {
            for (var i = start; step > 0 ? i < stop : i > stop; i += step)
            {
                yield return i;
            }
        }
    }

    [NodeName("noob.testing.word_source")]
    [return: Signal("word")]
    public static IEnumerable<string> WordSource()
    {
        for (var words = new Words(); ;)
        {
            yield return words.Next();
        }
    }

    [NodeName("noob.testing.multi_words_source")]
    [return: Signal("multi_words")]
    public static IEnumerable<List<object?>> MultiWordsSource(int n)
    {
        for (var words = new Words(); ;)
        {
            yield return [.. Enumerable.Range(0, n).Select(_ => words.Next())];
        }
    }

    [NodeName("noob.testing.sporadic_word")]
    [return: Signal("word")]
    public static IEnumerable<string?> SporadicWord(long every = 3)
    {
        var words = new Words();
        for (var i = 1L; ; i++)
        {
            yield return i % every == 0 ? words.Next() : null;
        }
    }

    [NodeName("noob.testing.sporadic_word_noevent")]
    [return: Signal("word")]
    public static IEnumerable<Maybe<string>> SporadicWordNoEvent(long every = 3)
    {
        var words = new Words();
        for (var i = 1L; ; i++)
        {
            yield return i % every == 0 ? words.Next() : NoEvent.Value;
        }
    }

    [NodeName("noob.testing.word_counts")]
    public static IEnumerable<(string word, List<object?> counts)> WordCounts(RunnerContext context)
    {
        var (words, chance) = (new Words(), Words.Of(context));
        while (true)
        {
            var count = (int)chance.Draw(2, 5);
            yield return (words.Next(), [.. Enumerable.Range(0, count).Select(_ => (object?)chance.Draw(1, 100))]);
        }
    }

    [NodeName("noob.testing.switch")]
    public static IEnumerable<(Maybe<string> fruits, Maybe<string> vegetables, Maybe<string> minerals)> Switch()
    {
        string[] fruits = ["apple", "banana", "cherry"], vegetables = ["daikon", "eggplant", "fiddlehead"], minerals = ["galaxite", "halite", "iolite"];
        for (var i = 0; ; i = (i + 1) % 3)
        {
            yield return (fruits[i], NoEvent.Value, NoEvent.Value);
            yield return (NoEvent.Value, vegetables[i], NoEvent.Value);
            yield return (NoEvent.Value, NoEvent.Value, minerals[i]);
        }
    }
}
