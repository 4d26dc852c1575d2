namespace Sluice.Instruments.Queues;

/// <summary>What a put decided under the lock and has to be done outside it.</summary>
/// <param name="IsAccepted">Whether the queue took the item; not, if it is a set that holds it already.</param>
/// <param name="Getter">Who gets the item at once.</param>
/// <param name="Peekers">Who sees it, chained.</param>
internal readonly record struct PutDone<T>(bool IsAccepted, QueueWaiter<T>? Getter, QueueWaiter<T>? Peekers);

/// <summary>What a get decided under the lock and has to be done outside it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Stamp">When it was put; 0 if nobody wanted to know.</param>
/// <param name="Putters">Those whose waiting put is over now, chained.</param>
internal readonly record struct GetDone<T>(T Item, long Stamp, QueueWaiter<T>? Putters);
