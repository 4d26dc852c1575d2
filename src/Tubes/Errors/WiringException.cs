namespace Sluice.Tubes.Errors;

/// <summary>A node or asset cannot be made from its params, or called with what its slots are given. The loader adds the place and makes it an InvalidTubeException.</summary>
public sealed class WiringException(string message, Exception? innerException = null) : TubeException(message, innerException);
