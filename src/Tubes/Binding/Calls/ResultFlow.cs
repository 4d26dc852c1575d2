namespace Sluice.Tubes.Binding.Calls;

/// <summary>How values come out of a method.</summary>
internal enum ResultFlow
{
    Plain,
    Task,
    ValueTask,
    Sequence,
    AsyncSequence,
}
