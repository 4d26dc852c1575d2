using System.Diagnostics;

namespace Sluice.Cluster.Bench;

/// <summary>A member in a process of its own.</summary>
internal sealed class OtherMember : IDisposable
{
    private readonly Process _process;

    private OtherMember(Process process) => _process = process;

    public static OtherMember Start(string name, string port)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OtherMember).Assembly.Location, "--member", name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[BenchMember.PortVariable] = port;
        return new OtherMember(Process.Start(start)!);
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }
}
