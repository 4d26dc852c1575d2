using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>TLS both ways, on a broker that lets in nobody without a certificate of its authority.</summary>
[Collection(BrokerCollection.Name)]
public sealed class TlsSpecs(BrokerFixture fixture)
{
    [Theory]
    [InlineData("password")]
    [InlineData("certificate")]
    public async Task Cluster_9_members_meet_over_tls_with_certificates_on_both_sides(string authentication)
    {
        // The broker takes the certificate's common name for the user.
        var keys = $"{Own(fixture.Authority, fixture.Broker.User)}, ca-file = \"{fixture.Authority.CertificateFile}\"";
        var section = $"prefix = t{Guid.NewGuid():N}, connection.authentication = {authentication}";
        await using var a = Member("a", keys, section);
        await using var b = Member("b", keys, section);

        await a.JoinAsync();
        await b.JoinAsync();

        await a.Events.UntilSeenAsync("up b:1");
        await a.SendAsync(b, "over tls");
        await b.Frames.UntilSeenAsync("over tls");
    }

    [Fact]
    public async Task Cluster_9_a_broker_of_another_authority_is_refused()
    {
        using var other = new CertificateAuthority();

        (await RefusalAsync($"{Own(fixture.Authority, "a")}, ca-file = \"{other.CertificateFile}\""))
            .ShouldContain($"the broker's certificate was not issued by an authority in tls.ca-file ('{other.CertificateFile}')");
    }

    [Fact]
    public async Task Cluster_9_verification_is_on_unless_something_else_is_said()
    {
        (await RefusalAsync(Own(fixture.Authority, "a"))).ShouldContain("was not issued by an authority that this system trusts; name the authority in tls.ca-file");
    }

    [Fact]
    public async Task Cluster_9_a_broker_of_another_name_is_refused()
    {
        (await RefusalAsync($"{Own(fixture.Authority, "a")}, ca-file = \"{fixture.Authority.CertificateFile}\", server-name = elsewhere"))
            .ShouldContain("the broker's certificate is for 'localhost', not for 'elsewhere': set tls.server-name");
    }

    [Fact]
    public async Task Cluster_9_a_broker_whose_certificate_has_expired_is_refused()
    {
        using var folder = new CertificateAuthority();
        await fixture.Broker.Nodes[0].PresentAsync(fixture.Authority.Issue(Path.GetDirectoryName(folder.CertificateFile)!, "old", "localhost", TimeProvider.System.GetUtcNow().AddHours(-1)));
        try
        {
            (await RefusalAsync($"{Own(fixture.Authority, "a")}, ca-file = \"{fixture.Authority.CertificateFile}\"")).ShouldContain("only: renew it, or set the clock");
        }
        finally
        {
            await fixture.Broker.Nodes[0].PresentAsync(fixture.Authority.Issue(Path.GetDirectoryName(folder.CertificateFile)!, "new", "localhost"));
        }
    }

    [Fact]
    public async Task Cluster_9_a_member_without_a_certificate_is_refused()
    {
        (await RefusalAsync($"ca-file = \"{fixture.Authority.CertificateFile}\"")).ShouldContain("if the broker asks for a certificate, name one in tls.certificate-file");
    }

    private static string Own(CertificateAuthority authority, string commonName)
    {
        var (certificate, key) = authority.IssueClient(commonName);
        return $"certificate-file = \"{certificate}\", key-file = \"{key}\"";
    }

    private TestMember Member(string name, string keys, string section = "") =>
        new(Configured.Transport(fixture.Broker, fixture.Broker.TlsPort, $"connection.hosts = [\"localhost:{fixture.Broker.TlsPort}\"], connection.tls {{ enabled = true, {keys} }}\n{section}"), TestMember.InfoOf(name));

    /// <summary>What a person is told, in one line and without the password.</summary>
    private async Task<string> RefusalAsync(string keys)
    {
        await using var member = Member("a", keys);
        var fault = await Should.ThrowAsync<TransportException>(member.JoinAsync);
        fault.ToString().ShouldNotContain(fixture.Broker.Password);
        fault.Message.ShouldStartWith($"No RabbitMQ takes the connection: localhost:{fixture.Broker.TlsPort} (");
        fault.Message.ShouldNotContain("\n");
        return fault.Message;
    }
}
