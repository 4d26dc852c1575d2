using System.Text;

namespace Sluice.Rabbit.Rig;

/// <summary>The files that a node reads when it starts.</summary>
internal static class BrokerFiles
{
    public static string Configuration(BrokerPlan plan) => Path.Combine(plan.Folder, "rabbitmq.conf");

    public static string Plugins(BrokerPlan plan) => Path.Combine(plan.Folder, "enabled_plugins");

    public static void Write(BrokerPlan plan, int port, int tlsPort)
    {
        File.WriteAllText(Plugins(plan), "[rabbitmq_event_exchange,rabbitmq_auth_mechanism_ssl].");
        var cookie = Path.Combine(plan.Folder, ".erlang.cookie");
        File.WriteAllText(cookie, plan.Cookie);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        }

        var text = new StringBuilder($"""
            listeners.tcp.1 = {plan.Options.Address}:{port}
            loopback_users = none
            default_user = {plan.User}
            default_pass = {plan.Password}
            log.console = false
            log.file.level = info
            disk_free_limit.absolute = 50MB
            cluster_partition_handling = autoheal

            """);
        if (plan.Cluster.Count > 1)
        {
            text.AppendLine("cluster_formation.peer_discovery_backend = classic_config");
            for (var i = 0; i < plan.Cluster.Count; i++)
            {
                text.AppendLine($"cluster_formation.classic_config.nodes.{i + 1} = {plan.Cluster[i]}");
            }
        }

        if (plan.Options.Tls is { } authority)
        {
            var (certificate, key) = authority.Issue(plan.Folder, "server", "localhost");
            text.AppendLine($"""
                listeners.ssl.1 = {plan.Options.Address}:{tlsPort}
                ssl_options.cacertfile = {authority.CertificateFile}
                ssl_options.certfile = {certificate}
                ssl_options.keyfile = {key}
                ssl_options.verify = verify_peer
                ssl_options.fail_if_no_peer_cert = true
                ssl_cert_login_from = common_name
                auth_mechanisms.1 = PLAIN
                auth_mechanisms.2 = EXTERNAL
                """);
        }

        File.WriteAllText(Configuration(plan), text.ToString());
    }
}
