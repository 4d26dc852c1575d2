namespace Sluice.Tubes.Binding.Calls;

/// <summary>Where a parameter's argument comes from.</summary>
internal enum ParameterRole
{
    /// <summary>A slot: an input, a param or its default.</summary>
    Named,

    /// <summary>A <c>params</c> array.</summary>
    PositionalRest,

    /// <summary>A dictionary marked <see cref="RestAttribute"/>.</summary>
    KeywordRest,

    /// <summary>Given by the runner, found by its type.</summary>
    Injected,
}
