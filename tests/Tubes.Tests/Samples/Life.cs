namespace Sluice.Tubes.Tests.Samples;

/// <summary>What happened to the nodes and assets of one test, in order. Each test has its own.</summary>
public static class Life
{
    private static readonly AsyncLocal<List<string>?> s_log = new();

    public static List<string> Begin() => s_log.Value = [];

    public static void Note(string what) => s_log.Value?.Add(what);
}

public sealed class Traced(string name, bool failInit = false, bool failDeinit = false)
{
    private int _calls;

    public void Init()
    {
        Life.Note($"{name}.init");
        if (failInit)
        {
            throw new InvalidOperationException($"{name} cannot start");
        }
    }

    public int Process(int value)
    {
        Life.Note($"{name}.process");
        return value + _calls++;
    }

    public void Deinit()
    {
        Life.Note($"{name}.deinit");
        if (failDeinit)
        {
            throw new InvalidOperationException($"{name} cannot stop");
        }
    }
}

public sealed class Notebook : IDisposable
{
    private readonly string _name;

    public Notebook(string name, bool fail = false)
    {
        _name = name;
        Life.Note($"{name}.made");
        if (fail)
        {
            throw new InvalidOperationException($"{name} cannot be made");
        }
    }

    public List<int> Lines { get; } = [];

    public void Dispose() => Life.Note($"{_name}.disposed");
}

public static class Notebooks
{
    public static int Write(Notebook book, int value)
    {
        book.Lines.Add(value);
        return book.Lines.Count;
    }

    public static int Fail(Notebook book, int value) => throw new InvalidOperationException($"no room for {value} after {book.Lines.Count}");

    public static object? Nothing() => null;

    public static bool IsNull(object? asset) => asset is null;

    public static List<int> NewList() => [];

    public static List<int> Append(List<int> list, int value) => [.. list, value];

    public static List<int> Push(List<int> list, int value)
    {
        list.Add(value);
        return list;
    }
}
