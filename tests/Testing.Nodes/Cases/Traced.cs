using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;

namespace Sluice.Testing.Nodes.Cases;

// Nodes and assets that write down what happens to them.

[NodeName("cases.Traced")]
public sealed class Traced([NodeId] string id)
{
    public void Init() => CallLog.Add($"{id}.init");

    public object? Process([Slot(Required = true)] object? value)
    {
        CallLog.Add($"{id}.process");
        return value;
    }

    public void Deinit() => CallLog.Add($"{id}.deinit");
}

[NodeName("cases.TracedSource")]
public sealed class TracedSource([NodeId] string id)
{
    private long _next;

    public void Init() => CallLog.Add($"{id}.init");

    public long Process()
    {
        CallLog.Add($"{id}.process");
        return _next++;
    }

    public void Deinit() => CallLog.Add($"{id}.deinit");
}

[NodeName("cases.InitFails")]
public sealed class InitFails([NodeId] string id)
{
    public void Init()
    {
        CallLog.Add($"{id}.init");
        throw new InvalidOperationException("init failed");
    }

    public object? Process(object? value = null)
    {
        CallLog.Add($"{id}.process");
        return value;
    }

    public void Deinit() => CallLog.Add($"{id}.deinit");
}

[NodeName("cases.Ctx")]
public sealed class Ctx([NodeId] string id)
{
    private bool _given;

    public void Init(RunnerContext context)
    {
        _given = context.TubeId.Length > 0;
        CallLog.Add($"{id}.init");
    }

    public bool Process() => _given;
}

[NodeName("cases.TracedAsset")]
public sealed class TracedAsset(string tag = "A") : Asset
{
    public override ValueTask Init(CancellationToken cancellationToken)
    {
        CallLog.Add($"{tag}.init");
        Obj = new List<object?>();
        return default;
    }

    public override ValueTask Deinit()
    {
        CallLog.Add($"{tag}.deinit");
        return base.Deinit();
    }
}

[NodeName("cases.ClsSum")]
public sealed class ClsSum(long x = 0)
{
    private long _sum = x;

    public long Process(long value) => _sum += value;
}
