namespace Sluice.Tubes.Tests.Samples;

// Values of nodes' own types: the first may travel, the last keep something to themselves.

public sealed record Address(string Street, int? Number);

public sealed record Person(string Name, Address Home, Mood Mood, IReadOnlyList<string> Friends);

public readonly record struct Reading(double Value, DateTimeOffset At);

public enum Mood
{
    Calm,
    Wild,
}

public sealed class Pair
{
    public int First { get; set; }

    public double Second { get; set; }
}

public sealed class Secretive(int start)
{
    private int _count = start;

    public int Next => _count++;
}

public class Animal(string name)
{
    public string Name { get; } = name;
}

public sealed class Dog(string name) : Animal(name);

public sealed record Holder(object Anything);
