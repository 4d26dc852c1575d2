using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Cluster.Wire;

/// <summary>
/// The types of messages that may travel between members. Names on the wire are looked up here and nowhere else: a name that is not registered is
/// refused, so nothing that arrives ever chooses a type freely. Values are written as System.Text.Json does by default; refs inside of them as paths.
/// Register before the first message is sent.
/// </summary>
public sealed class MessageTypes
{
    private const int DeepestJson = 64;
    private readonly ConcurrentDictionary<Type, MessageType> _byType = new();
    private readonly ConcurrentDictionary<string, MessageType> _byName = new(StringComparer.Ordinal);
    private readonly JsonSerializerOptions _options;

    internal MessageTypes(JsonConverter refs)
    {
        _options = new JsonSerializerOptions
        {
            MaxDepth = DeepestJson,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddDerivedTypes } },
            Converters = { refs },
        };
        Register(typeof(decimal), typeof(float), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Uri));
        RegisterAssembly(typeof(Sluice.Messages.Pools.Send).Assembly);
        RegisterMarked(typeof(MessageTypes).Assembly);
    }

    /// <summary>Allows types by themselves, also ones that are not public, and closed generic ones.</summary>
    /// <exception cref="ArgumentException">Another type has the same name on the wire, or the type has no values of its own.</exception>
    public MessageTypes Register(params Type[] types)
    {
        foreach (var type in types)
        {
            Add(type);
        }
        return this;
    }

    /// <summary>Allows a type by itself.</summary>
    public MessageTypes Register<T>() => Register(typeof(T));

    /// <summary>Allows all public types of an assembly that have values: no interfaces, abstract classes, exceptions, delegates or attributes.</summary>
    public MessageTypes RegisterAssembly(Assembly assembly) => Register([.. assembly.GetExportedTypes().Where(IsMessage)]);

    /// <summary>Allows the public types of one namespace of an assembly, and of those below it.</summary>
    /// <exception cref="ArgumentException">The assembly has no such type there.</exception>
    public MessageTypes RegisterNamespace(Assembly assembly, string ns)
    {
        var types = assembly.GetExportedTypes()
            .Where(type => IsMessage(type) && (type.Namespace == ns || type.Namespace?.StartsWith(ns + ".", StringComparison.Ordinal) == true))
            .ToArray();
        return types.Length > 0
            ? Register(types)
            : throw new ArgumentException($"{assembly.GetName().Name} has no public message types in the namespace {ns}: look at its spelling.", nameof(ns));
    }

    /// <summary>Allows the types of an assembly that are marked with <see cref="WireMessageAttribute"/>, public or not.</summary>
    public MessageTypes RegisterMarked(Assembly assembly) =>
        Register([.. assembly.GetTypes().Where(type => type.IsDefined(typeof(WireMessageAttribute), inherit: false))]);

    /// <summary>Whether messages of a type may travel.</summary>
    public bool Allows(Type type) => _byType.ContainsKey(type);

    internal MessageType Of(Type type) => _byType.TryGetValue(type, out var found)
        ? found
        : throw new MessageRefusedException(
            $"A message of the type {type} cannot go to another member, because the type is not registered: mark it with [WireMessage] and register its "
            + "assembly, or name it in sluice.cluster.messages (assemblies or namespaces).");

    internal MessageType? Find(string name) => _byName.GetValueOrDefault(name);

    private static bool IsMessage(Type type) =>
        type is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false, ContainsGenericParameters: false }
        && !typeof(Delegate).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type) && !typeof(Attribute).IsAssignableFrom(type)
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private void Add(Type type)
    {
        if (type.IsAbstract || type.IsInterface || type.ContainsGenericParameters)
        {
            throw new ArgumentException($"{type} has no values of its own: register the types that derive from it.", nameof(type));
        }
        var name = type.GetCustomAttribute<WireMessageAttribute>()?.Name ?? type.ToString();
        var added = _byType.GetOrAdd(type, one => new MessageType(one, name, _options));
        if (_byName.GetOrAdd(name, added).Type != type)
        {
            throw new ArgumentException($"{_byName[name].Type.AssemblyQualifiedName} and {type.AssemblyQualifiedName} are both called {name} on the wire: give one another name with [WireMessage].");
        }
    }

    /// <summary>A member whose type is a base class holds one of the registered types that derive from it, told apart by their names on the wire.</summary>
    private void AddDerivedTypes(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || info.Type.IsSealed || info.PolymorphismOptions is not null)
        {
            return;
        }
        var derived = _byType.Values.Where(one => info.Type.IsAssignableFrom(one.Type) && info.Type != typeof(object) && one.Type != info.Type).ToArray();
        if (derived.Length == 0)
        {
            return;
        }
        info.PolymorphismOptions = new JsonPolymorphismOptions { UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var one in derived)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(one.Type, one.Name));
        }
        if (!info.Type.IsAbstract && _byType.TryGetValue(info.Type, out var self))
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(info.Type, self.Name));
        }
    }
}
