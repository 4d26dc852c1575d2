using Sluice.Tubes.Errors;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>A node on another member failed with an exception whose class is not known here, or found no member to run on.</summary>
public sealed class NodeElsewhereException(string message) : TubeException(message);
