namespace Sluice.Instruments.Queues;

/// <summary>
/// A queue that holds each item once: putting what it holds already does nothing, at once, and the item keeps its place.
/// What was taken may be put again.
/// </summary>
/// <param name="capacity">The most items it holds, at least 1; without a limit if left out.</param>
/// <param name="name">What instruments call it.</param>
/// <param name="comparer">What makes two items the same.</param>
/// <typeparam name="T">What the queue holds.</typeparam>
public sealed class AsyncSetQueue<T>(int capacity = int.MaxValue, string? name = null, IEqualityComparer<T>? comparer = null)
    : AsyncQueue<T>(capacity, name, new HashSet<T>(comparer));
