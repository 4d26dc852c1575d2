using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Sluice.Actors.Pools;

namespace Sluice.Actors.Tests.Pools.Model;

/// <summary>
/// Random sequences of everything that can happen to a pool: what was acknowledged arrives at every sink that was there, in order, one item per key, and the
/// ledger balances. A sequence that fails is made shorter until nothing can be left out of it, and printed with the seed that brings it back.
/// </summary>
public sealed class PropertySpecs
{
    /// <summary>Set to a number to play other sequences than those that every test run plays.</summary>
    private const string SeedVariable = "SLUICE_SEED";

    private const int LongestSequence = 40;

    private static readonly Gen<PoolStep> Steps =
        from action in Gen.Frequency(
            (6, Gen.Constant(PoolAction.Send)),
            (6, Gen.Elements(Enum.GetValues<PoolAction>().Where(action => action is not PoolAction.Send))))
        from count in Gen.Choose(1, 30)
        select new PoolStep(action, count);

    private static readonly Arbitrary<PoolStep[]> Sequences = Arb.From(Gen.ArrayOf(Steps), Shorter);

    [Theory]
    [InlineData(SaveMode.WriteAhead, 40)]
    [InlineData(SaveMode.OnFailure, 20)]
    public Task Pool_2_2_whatever_happens_nothing_is_lost_or_reordered_and_no_key_names_two_items(SaveMode save, int sequences)
    {
        var property = Prop.ForAll(Sequences, (Func<PoolStep[], Task>)(async steps =>
        {
            await using var play = new PoolPlay(save);
            await play.RunAsync(steps);
        }));
        return Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(sequences).WithEndSize(LongestSequence)
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed()), FSharpOption<int>.None))),
            property));
    }

    private static ulong Seed() =>
        Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : 20261121;

    /// <summary>Without a half, without a quarter, without one step, and with smaller sends.</summary>
    private static IEnumerable<PoolStep[]> Shorter(PoolStep[] steps)
    {
        foreach (var size in new[] { steps.Length / 2, steps.Length / 4, 1 }.Where(size => size > 0).Distinct())
        {
            for (var at = 0; at + size <= steps.Length; at += size)
            {
                yield return [.. steps[..at], .. steps[(at + size)..]];
            }
        }

        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at].Count > 1)
            {
                yield return [.. steps[..at], steps[at] with { Count = steps[at].Count / 2 }, .. steps[(at + 1)..]];
            }
        }
    }
}
