using Sluice.Exporters.Sinks.Files;
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
}
