namespace Sluice.Instruments.Tasks;

/// <summary>Resumes a task's continuations on the thread pool, each as a turn of that task.</summary>
internal sealed class ObservedContext(ObservedTask task) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static turn => turn.Context.RunTurn(turn.Resume, turn.State), (Context: this, Resume: d, State: state), preferLocal: false);

    public override void Send(SendOrPostCallback d, object? state) => RunTurn(d, state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The first turn, which has to see the caller's async-locals; later ones bring theirs with them.</summary>
    public void PostWithFlow(SendOrPostCallback first) =>
        ThreadPool.QueueUserWorkItem(
            static turn => turn.Context.RunTurn(turn.First, null), (Context: this, First: first), preferLocal: false);

    private void RunTurn(SendOrPostCallback resume, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            task.Turn(resume, state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
