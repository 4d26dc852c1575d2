using System.Runtime.CompilerServices;

namespace Sluice.Exporters.Tests.Isolation;

[Collection(AloneCollection.Name)]
public sealed class InstanceCountSpecs
{
    private static readonly ContextState Run = new() { Name = "run 1" };

    [Fact]
    public void Exporters_1_5_copies_count_among_the_active_ones_too()
    {
        var original = new Probe();
        var (active, isolated) = Settled();

        BaseExporter[] copies = [original.CreateIsolatedInstance(Run), original.CreateIsolatedInstance(Run)];

        (BaseExporter.ActiveInstanceCount - active, BaseExporter.IsolatedInstanceCount - isolated).ShouldBe((2, 2));
        GC.KeepAlive(copies);
        GC.KeepAlive(original);
    }

    [Fact]
    public void Exporters_1_5_a_collected_instance_leaves_the_count_by_itself()
    {
        var (active, isolated) = Settled();

        var garbage = MakeGarbage();

        Settled().ShouldBe((active, isolated));
        garbage.ShouldAllBe(reference => !reference.IsAlive);
    }

    [Fact]
    public void Exporters_1_6_a_copy_costs_the_same_however_many_there_are_and_reflects_over_nothing()
    {
        var original = new Probe();
        var first = AllocatedBy(original);

        var copies = Enumerable.Range(0, 10_000).Select(_ => original.CreateIsolatedInstance(Run)).ToArray();

        // Less, once the compiler has had its second look.
        AllocatedBy(original).ShouldBeLessThanOrEqualTo(first);
        first.ShouldBeLessThan(300);
        GC.KeepAlive(copies);
    }

    private static long AllocatedBy(BaseExporter original)
    {
        original.CreateIsolatedInstance(Run);
        var before = GC.GetAllocatedBytesForCurrentThread();
        original.CreateIsolatedInstance(Run);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] MakeGarbage()
    {
        var original = new Probe();
        return [new(original), new(original.CreateIsolatedInstance(Run)), new(original.CreateIsolatedInstance(Run))];
    }

    private static (long Active, long Isolated) Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return (BaseExporter.ActiveInstanceCount, BaseExporter.IsolatedInstanceCount);
    }
}
