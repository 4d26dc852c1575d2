using Sluice.Exporters.Sinks.Files;
using Sluice.Hocon;
using Sluice.Host.Observing;

namespace Sluice.Host.Tests.Observing;

public sealed class ObservationPlanSpecs
{
    [Fact]
    public void The_defaults_tell_nothing_to_nobody()
    {
        var plan = ObservationPlan.Read(null);

        (plan.Telemetry.Otlp, plan.Health.Port, plan.Recorder.Enabled).ShouldBe(("", -1, false));
        plan.Health.Address.ShouldBe("127.0.0.1");
        plan.Exporters.ShouldBeEmpty();
    }

    [Fact]
    public void The_observed_configuration_is_read()
    {
        var plan = ObservationPlan.Read(Path.Combine(Checkout.Root, "hocon", "observed.conf"));

        (plan.Health.Port, plan.Recorder.Enabled, plan.Recorder.StuckAfter).ShouldBe((9464, true, TimeSpan.FromSeconds(30)));
        var audit = plan.Exporters.ShouldHaveSingleItem();
        audit.Sink.ShouldBeOfType<FileSinkSettings>().Name.ShouldBe("audit");
        audit.Settings.Events.ShouldBe(["run", "epoch"]);
    }

    [Theory]
    [InlineData("flight-recorder.events = 0", "'sluice.flight-recorder.events' is '0': a whole number from 1 to 100000 is expected.")]
    [InlineData("flight-recorder.events = 1000000000", "'sluice.flight-recorder.events' is '1000000000': a whole number from 1 to 100000 is expected.")]
    [InlineData("flight-recorder.max-reports = 0", "'sluice.flight-recorder.max-reports' is '0': a whole number from 1 to 100000 is expected.")]
    [InlineData("flight-recorder.stuck-after = 0s", "'sluice.flight-recorder.stuck-after' is '0s': a duration from 1ms to 30d is expected.")]
    [InlineData("telemetry.metrics-interval = 0s", "'sluice.telemetry.metrics-interval' is '0s': a duration from 1ms to 1d is expected.")]
    [InlineData("telemetry.flush-timeout = 0s", "'sluice.telemetry.flush-timeout' is '0s': a duration from 1ms to 1d is expected.")]
    [InlineData("telemetry.max-spans = 0", "'sluice.telemetry.max-spans' is '0': a whole number from 1 to 10000000 is expected.")]
    [InlineData("telemetry.service-name = \"\"", "'sluice.telemetry.service-name' is refused: it is empty; give the name that the collector is to show.")]
    [InlineData("health.port = 70000", "'sluice.health.port' is '70000': a whole number from -1 to 65535 is expected.")]
    public void A_setting_that_makes_no_sense_is_refused_by_its_name(string setting, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-plan-");
        try
        {
            var file = Path.Combine(folder.FullName, "observe.conf");
            File.WriteAllText(file, $"sluice.{setting}");

            Should.Throw<ConfigException>(() => ObservationPlan.Read(file)).Message.ShouldEndWith(reason);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
