using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Tests.Processing;

/// <summary>A processor made of a function.</summary>
internal sealed class Step<TIn, TOut>(Func<TIn, TOut?> step, bool yields = false) : IProcessor<TIn, TOut>
{
    public async ValueTask<TOut?> ProcessAsync(TIn item, ContextState context, CancellationToken cancellationToken)
    {
        if (yields)
        {
            await Task.Yield();
        }

        return step(item);
    }
}
