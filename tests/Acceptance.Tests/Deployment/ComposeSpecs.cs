using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Sluice.Acceptance.Tests.Deployment;

/// <summary>cluster-compose.yml holds together with itself, with the secrets that are made for it and with the configuration that members read.</summary>
public sealed partial class ComposeSpecs : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly ComposeFile _compose = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_fits_the_compose_schema()
    {
        // From the npm registry, by test.sh; its rules of style are not ours.
        var linter = Path.Combine(Checkout.Root, "artifacts", "tools", "node_modules", ".bin", "dclint");
        File.Exists(linter).ShouldBeTrue("test.sh installs dclint with npm: run it once");

        var (exitCode, output) = await RunAsync(linter, "--quiet", ComposeFile.Path);

        exitCode.ShouldBe(0, output);
    }

    [Fact]
    public void It_has_three_members_a_broker_and_a_database_each_with_a_health_check() =>
        _compose.Services.ToDictionary(one => one.Key, one => one.Value.ContainsKey("healthcheck")).ShouldBe(
            new Dictionary<string, bool> { ["rabbitmq"] = true, ["postgres"] = true, ["member-a"] = true, ["member-b"] = true, ["member-c"] = true },
            ignoreOrder: true);

    [Fact]
    public void Nothing_runs_as_root_or_may_gain_rights()
    {
        foreach (var (name, service) in _compose.Services)
        {
            service.ContainsKey("user").ShouldBeTrue(name);
            ((string)service["user"]).ShouldNotStartWith("0", customMessage: name);
            ((string)service["user"]).ShouldNotBe("root", name);
            ComposeFile.Words(service["cap_drop"]).ShouldBe(["ALL"], name);
            ComposeFile.Words(service["security_opt"]).ShouldContain("no-new-privileges:true", name);
        }
    }

    [Fact]
    public void No_port_is_open_to_the_outside() => _compose.Services.Values.ShouldAllBe(service => !service.ContainsKey("ports"));

    [Fact]
    public void Members_wait_for_a_healthy_broker_and_database()
    {
        foreach (var (name, member) in _compose.Members)
        {
            ComposeFile.Map(member["depends_on"]).ToDictionary(one => one.Key, one => ComposeFile.Map(one.Value)["condition"]).ShouldBe(
                new Dictionary<string, object> { ["rabbitmq"] = "service_healthy", ["postgres"] = "service_healthy" }, ignoreOrder: true, name);
        }
    }

    [Fact]
    public void Every_volume_config_and_secret_that_is_used_is_there_and_the_other_way_round()
    {
        Used("secrets").ShouldBe(_compose.Names("secrets"), ignoreOrder: true);
        Used("configs").ShouldBe(_compose.Names("configs"), ignoreOrder: true);
        _compose.Services.Values.SelectMany(service => ComposeFile.Words(service["volumes"])).Select(volume => volume.Split(':')[0]).ShouldBe(_compose.Names("volumes"), ignoreOrder: true);
        _compose.Files("configs").Values.ShouldAllBe(file => File.Exists(Path.Combine(Checkout.Root, file)));

        IEnumerable<string> Used(string section) =>
            _compose.Services.Values.Where(service => service.ContainsKey(section)).SelectMany(service => ComposeFile.Sources(service[section])).Distinct();
    }

    [Fact]
    public async Task The_script_makes_every_secret_anew_and_signs_what_the_authority_stands_for()
    {
        var (exitCode, output) = await MakeSecretsAsync("one");
        exitCode.ShouldBe(0, output);
        (await MakeSecretsAsync("two")).ExitCode.ShouldBe(0);

        foreach (var (name, file) in _compose.Files("secrets"))
        {
            var made = _folder["one/" + Path.GetFileName(file)];
            File.Exists(made).ShouldBeTrue(name);
            File.ReadAllText(made).ShouldNotBe(File.ReadAllText(_folder["two/" + Path.GetFileName(file)]), name);
        }

        foreach (var name in new[] { "rabbitmq", "postgres", "member" })
        {
            (await RunAsync("openssl", "verify", "-CAfile", _folder["one/ca.pem"], _folder[$"one/{name}.pem"])).ExitCode.ShouldBe(0, name);
        }
    }

    [Fact]
    public async Task The_script_never_overwrites_secrets()
    {
        Directory.CreateDirectory(_folder["mine"]);

        var (exitCode, output) = await MakeSecretsAsync("mine");

        exitCode.ShouldBe(1);
        output.ShouldContain("exists already");
        Directory.EnumerateFileSystemEntries(_folder["mine"]).ShouldBeEmpty();
    }

    [Fact]
    public void No_password_stands_in_any_file()
    {
        var texts = new[] { ComposeFile.Path, Path.Combine(Checkout.Root, "Dockerfile"), Path.Combine(Checkout.Root, "hocon", "cluster.conf"), Path.Combine(Checkout.Root, "deploy", "rabbitmq.conf") };

        texts.SelectMany(File.ReadLines).Where(line => Password().IsMatch(line)).ShouldBeEmpty();
    }

    [Fact]
    public void Members_are_given_what_the_configuration_reads_and_nothing_else()
    {
        var read = Variable().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "hocon", "cluster.conf"))).Select(match => match.Groups[1].Value.Replace("[]", "_0", StringComparison.Ordinal))
            .Append("SLUICE_RABBITMQ_USER").Distinct();
        var image = new[] { "SLUICE_DATA" };
        var optional = new[] { "SLUICE_CLUSTER" };

        foreach (var (name, member) in _compose.Members)
        {
            ComposeFile.Map(member["environment"]).Keys.Concat(image).Concat(optional).ShouldBe(read, ignoreOrder: true, name);
        }
    }

    [Fact]
    public async Task Members_are_started_with_options_that_the_program_has()
    {
        foreach (var (name, member) in _compose.Members)
        {
            // The file of the image is not here: that it is missed shows that the command line was understood.
            var (exitCode, _, errors) = await SluiceProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), [.. ComposeFile.Words(member["command"])]);

            exitCode.ShouldBe(1, name);
            errors.ShouldContain("/etc/sluice/cluster.conf: the file does not exist", customMessage: name);
        }
    }

    private Task<(int ExitCode, string Output)> MakeSecretsAsync(string folder) => RunAsync(Path.Combine(Checkout.Root, "deploy", "make-secrets.sh"), _folder[folder]);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Deadline);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"(?i)(?<!\w)pass(word)?\s*[=:]\s*[^\s$/;]")]
    private static partial Regex Password();

    [GeneratedRegex(@"\$\{\?(SLUICE_\w+(?:\[\])?)\}")]
    private static partial Regex Variable();
}
