using System.Reflection;
using System.Runtime.Loader;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Tests.Binding;

public sealed class NodeSourcesSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-specs-").FullName;

    private string Cache => Path.Combine(_folder, "cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_source_file_is_compiled_and_its_methods_are_nodes()
    {
        var assemblies = await LoadAsync(Write("nodes.cs", "static class Nodes { public static int Twice(int value) => Enumerable.Repeat(value, 2).Sum(); }"));

        (await CallAsync(assemblies, "Twice", 4)).ShouldBe(8);
        assemblies.ShouldHaveSingleItem().GetName().Name.ShouldBe("nodes");
    }

    [Fact]
    public async Task Several_files_are_compiled_together()
    {
        var assemblies = await LoadAsync(
            Write("a.cs", "namespace Mine; public static class A { public static int One(int value) => B.Two(value) + 1; }"),
            Write("b.cs", "namespace Mine; public static class B { public static int Two(int value) => value * 2; }"));

        (await CallAsync(assemblies, "Mine.A.One", 4)).ShouldBe(9);
    }

    [Fact]
    public async Task Source_code_may_use_a_library_given_with_it()
    {
        var library = typeof(Shouldly.Should).Assembly.Location; // any library that is not ours
        var assemblies = await LoadAsync(Write("nodes.cs", "public static class N { public static string Name() => typeof(Shouldly.Should).Name; }"), library);

        (await CallAsync(assemblies, "Name")).ShouldBe("Should");
    }

    [Fact]
    public async Task Mistakes_are_listed_with_file_line_and_column()
    {
        var path = Write("nodes.cs", "static class Nodes\n{\n    public static int Twice(int value) => valeu * 2\n}\n");

        var failure = await Should.ThrowAsync<NodeSourceException>(() => LoadAsync(path));

        failure.Errors.Select(error => error.ToString()).ShouldBe(
            [$"{path}:3:43: CS0103: The name 'valeu' does not exist in the current context", $"{path}:3:52: CS1002: ; expected"]);
        failure.Message.ShouldStartWith("nodes.cs: the node code does not compile (2 errors):");
    }

    [Fact]
    public async Task The_second_start_takes_the_code_from_the_cache()
    {
        var path = Write("nodes.cs", "public static class N { public static string Id() => typeof(N).Module.ModuleVersionId.ToString(); }");
        var first = await CallAsync(await LoadAsync(path), "Id");
        var entry = Directory.GetFiles(Cache).ShouldHaveSingleItem();
        var written = File.GetLastWriteTimeUtc(entry);

        (await CallAsync(await LoadAsync(path), "Id")).ShouldBe(first);

        File.GetLastWriteTimeUtc(Directory.GetFiles(Cache).ShouldHaveSingleItem()).ShouldBe(written);
    }

    [Fact]
    public async Task Code_from_the_cache_is_loaded_without_the_compiler()
    {
        var path = Write("nodes.cs", "public static class N { public static int Answer() => 5; }");
        await LoadAsync(path);
        var fresh = new FreshCopies();

        var sources = fresh.LoadFromAssemblyPath(typeof(NodeSources).Assembly.Location).GetType(typeof(NodeSources).FullName!, throwOnError: true)!;
        await (Task)sources.GetMethod(nameof(NodeSources.LoadAsync))!.Invoke(Activator.CreateInstance(sources, Cache), [new[] { path }, CancellationToken.None])!;

        fresh.Assemblies.Select(assembly => assembly.GetName().Name).ShouldNotContain(name => name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        fresh.Assemblies.Select(assembly => assembly.GetName().Name).ShouldContain("Sluice.Tubes");
    }

    [Fact]
    public async Task Changed_code_is_compiled_again()
    {
        var path = Write("nodes.cs", "public static class N { public static int Answer() => 1; }");
        await LoadAsync(path);
        Write("nodes.cs", "public static class N { public static int Answer() => 2; }");

        (await CallAsync(await LoadAsync(path), "Answer")).ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(1000)]
    public async Task A_damaged_cache_entry_is_made_anew(int bytesLeft)
    {
        var path = Write("nodes.cs", "public static class N { public static int Answer() => 3; }");
        await LoadAsync(path);
        var entry = Directory.GetFiles(Cache).ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(entry);
        await File.WriteAllBytesAsync(entry, whole[..bytesLeft]);

        (await CallAsync(await LoadAsync(path), "Answer")).ShouldBe(3);

        (await File.ReadAllBytesAsync(entry)).ShouldBe(whole);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_costs_nothing_but_time()
    {
        var path = Write("nodes.cs", "public static class N { public static int Answer() => 4; }");
        var assemblies = await new NodeSources(Write("file-in-the-way", "")).LoadAsync([path]);

        (await CallAsync(assemblies, "Answer")).ShouldBe(4);
    }

    [Fact]
    public async Task A_missing_file_and_another_kind_of_file_are_refused()
    {
        (await Should.ThrowAsync<NodeSourceException>(() => LoadAsync(Path.Combine(_folder, "none.cs")))).Message.ShouldContain("There is no file");
        (await Should.ThrowAsync<NodeSourceException>(() => LoadAsync(Write("nodes.txt", "")))).Message.ShouldContain("nodes are given as .cs, .csproj or .dll");
        (await Should.ThrowAsync<NodeSourceException>(() => LoadAsync(Write("nodes.dll", "no")))).Message.ShouldContain("does not load as a .NET assembly");
    }

    [Fact]
    public async Task A_project_is_built_and_not_built_again_while_nothing_changes()
    {
        Write("lib/Lib.cs", "public static class Lib { public static string Built() => System.IO.File.GetLastWriteTimeUtc(typeof(Lib).Assembly.Location).Ticks.ToString(); }");
        var project = Write("lib/Lib.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");

        var first = await CallAsync(await LoadAsync(project), "Built");
        var note = Directory.GetFiles(Cache, "*.project").ShouldHaveSingleItem();
        var noted = File.GetLastWriteTimeUtc(note);

        (await CallAsync(await LoadAsync(project), "Built")).ShouldBe(first);
        File.GetLastWriteTimeUtc(note).ShouldBe(noted);

        Write("lib/Lib.cs", "public static class Lib { public static int Built() => mistake; }");
        (await Should.ThrowAsync<NodeSourceException>(() => LoadAsync(project))).Message.ShouldContain("CS0103");
    }

    private static async Task<object?> CallAsync(IReadOnlyList<Assembly> assemblies, string type, params object?[] inputs)
    {
        var code = new NodeTypes(assemblies).BindNode(type, "node", new Dictionary<string, object?>());
        code.Wire([.. inputs.Select((_, i) => new InputWire(i, null, null))]);
        var results = new object?[1];
        await code.CallAsync(inputs, results, new NodeCall(new Sluice.Tubes.Runners.RunnerContext { RunnerId = "", TubeId = "" }));
        return results[0];
    }

    private Task<IReadOnlyList<Assembly>> LoadAsync(params string[] paths) => new NodeSources(Cache).LoadAsync(paths);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Loads copies of its own of everything beside the tests, so that what it has loaded is what was needed.</summary>
    private sealed class FreshCopies() : AssemblyLoadContext("fresh")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
