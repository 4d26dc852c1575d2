namespace Sluice.Exporters.Processing;

/// <summary>A pipeline cannot be changed or started as asked. The pipeline is as it was.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class PipelineException(string message) : InvalidOperationException(message);
