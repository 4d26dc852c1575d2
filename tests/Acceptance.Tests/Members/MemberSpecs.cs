using System.Globalization;
using System.Text.Json;
using Sluice.Rabbit.Rig;

namespace Sluice.Acceptance.Tests.Members;

/// <summary><c>sluice member</c> and <c>sluice members</c>: real processes that meet at a real broker.</summary>
public sealed class MemberSpecs : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Broker _broker = null!;

    public async Task InitializeAsync()
    {
        _broker = await Broker.StartAsync();
        WriteConfig("cluster.conf", "acceptance");
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Members_come_are_listed_leave_and_are_lost_and_each_learns_of_the_others()
    {
        await using var a = await JoinAsync("a", "sinks,tubes");
        await using var b = await JoinAsync("b", "gpu");
        await using var c = await JoinAsync("c", "");
        await a.LineAsync(line => line.EndsWith("member b [gpu] is up", StringComparison.Ordinal));
        await a.LineAsync(line => line.EndsWith("member c is up", StringComparison.Ordinal));

        var members = await MembersAsync();

        members.Select(member => member.GetProperty("name").GetString()).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        var first = members.Single(member => member.GetProperty("name").GetString() == "a");
        first.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["sinks", "tubes"]);
        first.GetProperty("address").GetString()!.ShouldStartWith("sluice://sluice@a:");
        first.GetProperty("load").GetProperty("memoryBytes").GetInt64().ShouldBeGreaterThan(0);

        b.Kill();
        await a.LineAsync(line => line.Contains("member b [gpu] was lost: ", StringComparison.Ordinal));
        await c.LineAsync(line => line.Contains("member b [gpu] was lost: ", StringComparison.Ordinal));
        await c.InterruptAsync();
        (await c.ExitAsync()).ShouldBe(0);
        await a.LineAsync(line => line.EndsWith("member c leaves", StringComparison.Ordinal));

        (await MembersAsync()).Select(member => member.GetProperty("name").GetString()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Who_may_not_join_is_told_why_in_one_sentence()
    {
        WriteConfig("other.conf", "another");
        await using var a = await JoinAsync("a", "");

        (await RunAsync("member", "--config", "other.conf", "--name", "b")).ShouldBeRefused("This is the cluster 'acceptance'", "'another'");
        (await RunAsync("member", "--config", "cluster.conf", "--name", "a")).ShouldBeRefused("'a'");
        (await RunAsync("member", "--config", "cluster.conf", "--name", "with space")).ShouldBeRefused("sluice.cluster.member is 'with space'");
    }

    [Fact]
    public async Task Without_a_broker_or_the_right_to_use_it_members_say_so()
    {
        var wrong = new Dictionary<string, string>(Environment) { ["SLUICE_RABBITMQ_PASSWORD"] = "not this one" };
        (await SluiceProcess.RunAsync(_folder.Path, wrong, "members", "--config", "cluster.conf")).ShouldBeRefused("ACCESS_REFUSED");
        await _broker.Nodes[0].KillAsync();

        (await RunAsync("members", "--config", "cluster.conf")).ShouldBeRefused("No RabbitMQ takes the connection");
    }

    private Dictionary<string, string> Environment => new() { ["SLUICE_RABBITMQ_USER"] = _broker.User, ["SLUICE_RABBITMQ_PASSWORD"] = _broker.Password };

    private void WriteConfig(string file, string cluster) => File.WriteAllText(
        _folder[file],
        string.Create(CultureInfo.InvariantCulture, $"sluice.cluster {{ name = {cluster}, rabbitmq.connection {{ hosts = [\"127.0.0.1:{_broker.Port}\"] }} }}"));

    private async Task<SluiceProcess> JoinAsync(string name, string roles)
    {
        var member = SluiceProcess.Start(_folder.Path, Environment, "member", "--config", "cluster.conf", "--name", name, "--roles", roles);
        await member.LineAsync(line => line.Contains($"{name} has joined cluster acceptance", StringComparison.Ordinal));
        return member;
    }

    /// <summary>The list, with the load of all: a member that a busy machine holds up says its own later than the list is shown.</summary>
    private async Task<IReadOnlyList<JsonElement>> MembersAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var (exitCode, output, errors) = await RunAsync("members", "--config", "cluster.conf", "--output", "json");
            exitCode.ShouldBe(0, errors);
            JsonElement[] members = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
            if (members.All(member => member.GetProperty("load").ValueKind == JsonValueKind.Object))
            {
                return members;
            }

            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => SluiceProcess.RunAsync(_folder.Path, Environment, arguments);
}
