namespace Sluice.Tubes.Binding.Resolution;

/// <summary>How a name came to be, best first: a better one hides worse ones.</summary>
internal enum NameRank
{
    /// <summary>Given by <see cref="NodeNameAttribute"/>.</summary>
    Given,

    /// <summary>Namespace, type and method.</summary>
    Full,

    /// <summary>Namespace and static method, the class left out.</summary>
    Namespace,

    /// <summary>Type, type and method, or static method, the namespace left out.</summary>
    Short,
}
