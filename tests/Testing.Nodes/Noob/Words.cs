using System.Runtime.CompilerServices;
using Sluice.Tubes.Runners;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>The stand-ins for chance: words in a fixed order, and "random" numbers that count.</summary>
internal sealed class Words
{
    private static readonly string[] All =
        ["ant", "bear", "cat", "dingo", "eel", "fox", "gnu", "heron", "ibis", "jay", "koala", "lynx", "mole", "newt", "otter", "panda"];

    private static readonly ConditionalWeakTable<RunnerContext, Words> Chances = [];

    private int _next;
    private long _draws;

    /// <summary>The chance that all nodes of one run share.</summary>
    public static Words Of(RunnerContext context) => Chances.GetOrCreateValue(context);

    public string Next() => All[_next++ % All.Length];

    public long Draw(long low, long high) => low + 7 * _draws++ % (high - low + 1);
}
