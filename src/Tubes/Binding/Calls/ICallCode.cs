namespace Sluice.Tubes.Binding.Calls;

/// <summary>A compiled call: takes the inputs, sets the results.</summary>
internal interface ICallCode : IAsyncDisposable
{
    ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call);
}
