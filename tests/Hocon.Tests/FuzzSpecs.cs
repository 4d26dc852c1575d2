using System.Text;

namespace Sluice.Hocon.Tests;

public sealed class FuzzSpecs
{
    private const int Inputs = 120_000;

    private static readonly string[] Seeds =
    [
        "a = 1, b { c = [x, ${a}, { d = \"e\\u0041\" }] } # comment\nf += ${?g}, h = ${a}${b.c} [1]",
        "{ \"a\" : { \"b\" : [1, 2.5e-3, true, null] }, \"c\" : \"\"\"multi\nline\"\"\" }",
        "x = ${y}, y = ${?x}, p = [1], p = ${p} [2], o = ${p} {}, q { r = ${q.s}, s = ${q} }",
        "include \"missing.conf\", include required(file(\"x\")), a.b.c = 10 ms // end\nd = 64 MiB",
        "base { l = [1], m { n = 1 } }, one = ${base} { l += 2, m.n = ${one.l} }, two = ${one} ${base}",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "=", "+=", "\n", "\"", "\"\"\"", "${", "${?", "}", "[]", "#", "//", "\\", "\\u", " ", "a", "b.c", "x", "y", "p", "o",
        "q", "base", "one", "${a}", "${?x}", "${b}", "${o}", "${q}", "${one}", "include", "null", "true", "1e9", "-", ".", "..", "\0", "\ufeff", "\ud800", "$", "+", "!",
    ];

    [Fact]
    public void Whatever_is_written_only_a_configuration_or_a_mistake_comes_out()
    {
        var random = new Random(20_260_214);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var input = Mutate(random);
            try
            {
                var config = ConfigurationFactory.ParseString(input, "fuzz");
                _ = config.WithFallback(ConfigurationFactory.ParseString("a = 1, o { a = 1 }, p = [0]")).Resolve().HasPath("a.b");
                if (random.Next(8) == 0)
                {
                    ReadBack(config);
                }

                read++;
            }
            catch (ConfigException)
            {
                refused++;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Input {i} made a {error.GetType().Name}:\n{input}", error);
            }
        }

        read.ShouldBeGreaterThan(Inputs / 50);
        refused.ShouldBeGreaterThan(Inputs / 50);
    }

    private static void ReadBack(Config config)
    {
        var rendered = config.Render(secrets: true);
        Compact.Of(ConfigurationFactory.ParseString(rendered).Root).ShouldBe(Compact.Of(config.Root));
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var edits = random.Next(1, 8); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at));
                    break;
                case 1:
                    var seed = Seeds[random.Next(Seeds.Length)];
                    var from = random.Next(seed.Length);
                    text.Insert(at, seed.AsSpan(from, random.Next(1, seed.Length - from + 1)));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }

            if (text.Length == 0)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }
}
