using System.Diagnostics;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>RabbitMQ.Client 7.1.2 throws in an async-void timer when a broker freezes; that alone must not end the process.</summary>
public sealed class ClientFaultSpecs
{
    [Theory]
    [InlineData("client", true)]
    [InlineData("other", false)]
    public async Task Only_the_fault_of_the_client_is_passed_over(string kind, bool survives)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sluice.Cluster.Killable.dll"), "--fault", kind])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));

        (process.ExitCode == 0).ShouldBe(survives, await error);
        (await output).Contains("survived", StringComparison.Ordinal).ShouldBe(survives);
    }
}
