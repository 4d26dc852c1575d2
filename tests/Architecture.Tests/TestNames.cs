using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sluice.Architecture.Tests;

/// <summary>The names of all tests of the built solution, found in the assemblies' metadata.</summary>
internal static class TestNames
{
    private static readonly Lazy<IReadOnlySet<string>> Names = new(Read);

    public static IReadOnlySet<string> All => Names.Value;

    private static HashSet<string> Read()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var projects = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.*").Select(folder => Path.GetFileName(folder)!);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in projects.Where(project => project.EndsWith(".Tests", StringComparison.Ordinal) || project.EndsWith(".Contract", StringComparison.Ordinal)))
        {
            var file = Path.Combine(Repository.Root, "artifacts", "bin", project, configuration, $"Sluice.{project}.dll");
            File.Exists(file).ShouldBeTrue($"{file} is not there: build Sluice.slnx first");
            names.UnionWith(TestsOf(file));
        }

        return names;
    }

    private static List<string> TestsOf(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        var reader = assembly.GetMetadataReader();
        return
        [
            .. reader.MethodDefinitions.Select(reader.GetMethodDefinition)
                .Where(method => method.GetCustomAttributes().Any(attribute => IsTest(NameOf(reader, reader.GetCustomAttribute(attribute)))))
                .Select(method => reader.GetString(method.Name)),
        ];
    }

    // Attributes of our own that skip where something is missing end in the same words.
    private static bool IsTest(string attribute) =>
        attribute.EndsWith("FactAttribute", StringComparison.Ordinal) || attribute.EndsWith("TheoryAttribute", StringComparison.Ordinal);

    private static string NameOf(MetadataReader reader, CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference when reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type =>
            reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name),
        HandleKind.MethodDefinition =>
            reader.GetString(reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()).Name),
        _ => "",
    };
}
