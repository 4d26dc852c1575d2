namespace Sluice.Tubes.Scheduling;

/// <summary>Keeps the frames of ended epochs for later ones.</summary>
internal sealed class FramePool(TubePlan plan)
{
    private readonly Dictionary<PlanLevel, Stack<EpochFrame>> _elements = [];
    private readonly Stack<EpochFrame> _roots = [];

    public EpochFrame Rent(PlanLevel level)
    {
        if (StackOf(level).TryPop(out var frame))
        {
            return frame;
        }

        return new EpochFrame(plan, level)
        {
            Return = level.Parent is null && plan.Return is { } depends ? new ReturnCollector(depends) : null,
        };
    }

    public void Return(EpochFrame frame)
    {
        foreach (var (_, elements) in frame.Children)
        {
            elements.ForEach(Return);
        }

        frame.Children.Clear();
        Array.Clear(frame.Cells);
        frame.Inputs = [];
        frame.ProcessAssets = [];
        StackOf(frame.Level).Push(frame);
    }

    private Stack<EpochFrame> StackOf(PlanLevel level)
    {
        if (level.Parent is null)
        {
            return _roots;
        }

        if (!_elements.TryGetValue(level, out var stack))
        {
            _elements[level] = stack = [];
        }

        return stack;
    }
}
