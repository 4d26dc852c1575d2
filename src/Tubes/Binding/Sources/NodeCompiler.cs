using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Sources;

/// <summary>Compiles node code. The only class that touches the compiler: as long as it is not called, the compiler is not loaded.</summary>
internal static class NodeCompiler
{
    private const int MostErrors = 20;

    /// <summary>What a file of an SDK project has without asking, and what node code is written with.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Sluice.Tubes;
        global using Sluice.Tubes.Binding;
        global using Sluice.Tubes.Epochs;
        global using Sluice.Tubes.Events;
        global using Sluice.Tubes.Reports;
        global using Sluice.Tubes.Runners;
        """;

    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.None, preprocessorSymbols: ["NET", "NET10_0", "NET10_0_OR_GREATER", "RELEASE"]);

    /// <exception cref="NodeSourceException">It does not compile; names each mistake with file, line and column.</exception>
    public static byte[] Compile(SourceUnit unit, CancellationToken cancellationToken)
    {
        var trees = unit.Files
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), ParseOptions, file.Path, cancellationToken))
            .Prepend(CSharpSyntaxTree.ParseText(SourceText.From(ImplicitUsings, Encoding.UTF8), ParseOptions, "implicit usings", cancellationToken));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, deterministic: true);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(unit.Files[0].Path), trees, unit.References.Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path)), options);

        using var image = new MemoryStream();
        var result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded), cancellationToken: cancellationToken);
        return result.Success ? image.ToArray() : throw Refused(unit, result.Diagnostics);
    }

    private static NodeSourceException Refused(SourceUnit unit, IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(ToError)
            .OrderBy(error => error.Position.File, StringComparer.Ordinal)
            .ThenBy(error => error.Position.Line)
            .ThenBy(error => error.Position.Column)
            .ToList();
        var more = errors.Count > MostErrors ? $"{Environment.NewLine}  … and {errors.Count - MostErrors} more" : "";
        var list = string.Concat(errors.Take(MostErrors).Select(error => $"{Environment.NewLine}  {error}"));
        var files = string.Join(", ", unit.Files.Select(file => Path.GetFileName(file.Path)));
        return new NodeSourceException($"{files}: the node code does not compile ({errors.Count} {(errors.Count == 1 ? "error" : "errors")}):{list}{more}", errors);
    }

    private static SourceError ToError(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        var start = place.StartLinePosition;
        return new SourceError(
            new SourcePosition(place.Path, start.Line + 1, start.Character + 1),
            diagnostic.Id,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
