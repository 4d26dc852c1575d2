using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sluice.Architecture.Tests;

/// <summary>
/// The actors use only kernel members that Akka.NET has under the same name, so that they compile against its packages: each
/// use found in the built assembly is held against the checked-in list <c>dialect.txt</c>.
/// </summary>
public sealed class DialectSpecs
{
    private const string KernelNamespace = "Sluice.Kernel";

    [Fact]
    public void The_actors_use_only_members_of_the_dialect()
    {
        var dialect = Dialect();

        var strangers = UsedMembers("Actors").Where(member => !dialect.Contains(member) && !dialect.Contains(TypeOf(member) + ".*")).ToArray();

        strangers.ShouldBeEmpty("src/Actors uses kernel members that akka-dialect.md does not have");
    }

    [Fact]
    public void Every_member_of_the_list_that_names_a_type_of_the_kernel_names_one_that_exists()
    {
        using var assembly = Open("Kernel");
        var reader = assembly.GetMetadataReader();
        var types = reader.TypeDefinitions.Select(handle => FullName(reader, handle)).ToHashSet(StringComparer.Ordinal);

        // Entries of parts that have not been built yet would hide a misspelling.
        Dialect().Select(TypeOf).Distinct().Where(type => !types.Contains(type)).ShouldBeEmpty("dialect.txt names types that the kernel does not have");
    }

    [Fact]
    public void The_reader_sees_what_an_assembly_uses() =>
        UsedMembers("Kernel.Tests").ShouldContain("Sluice.Kernel.Actor.ActorSystem.Create");

    private static HashSet<string> Dialect() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "Architecture.Tests", "dialect.txt"))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => $"{KernelNamespace}.{line}"),
    ];

    private static string TypeOf(string member) => member[..member.LastIndexOf('.')];

    private static SortedSet<string> UsedMembers(string project)
    {
        using var assembly = Open(project);
        var reader = assembly.GetMetadataReader();
        var members = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            var type = TypeName(reader, member.Parent);
            if (type is not null && type.StartsWith(KernelNamespace + ".", StringComparison.Ordinal))
            {
                members.Add($"{type}.{PlainName(reader.GetString(member.Name))}");
            }
        }
        return members;
    }

    // Accessors are counted as their property or event.
    private static string PlainName(string name)
    {
        string[] prefixes = ["get_", "set_", "add_", "remove_", "op_"];
        var prefix = Array.Find(prefixes, one => name.StartsWith(one, StringComparison.Ordinal));
        return prefix is null ? name.TrimStart('.') : name[prefix.Length..];
    }

    private static string? TypeName(MetadataReader reader, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => FullName(reader, (TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => GenericType(reader, (TypeSpecificationHandle)parent),
        _ => null,
    };

    // GENERICINST (0x15), CLASS or VALUETYPE, then the generic type itself (ECMA-335, II.23.2.12).
    private static string? GenericType(MetadataReader reader, TypeSpecificationHandle handle)
    {
        var blob = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadByte() != 0x15)
        {
            return null;
        }
        blob.ReadByte();
        return TypeName(reader, blob.ReadTypeHandle());
    }

    private static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = Unadorned(reader.GetString(type.Name));
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = Unadorned(reader.GetString(type.Name));
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{FullName(reader, outer)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string Unadorned(string name) => name.IndexOf('`') is >= 0 and var tick ? name[..tick] : name;

    private static PEReader Open(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return new PEReader(File.OpenRead(
            Path.Combine(Repository.Root, "artifacts", "bin", project, configuration, $"Sluice.{project}.dll")));
    }
}
