using System.Diagnostics.Metrics;
using Sluice.Instruments.Prometheus;

namespace Sluice.Instruments.Tests.Prometheus;

public sealed class PrometheusSpecs : IDisposable
{
    private readonly Meter _meter = new($"test {Guid.NewGuid()}");
    private readonly PrometheusMetrics _metrics;

    public PrometheusSpecs() => _metrics = new PrometheusMetrics(name => name == _meter.Name);

    public void Dispose()
    {
        _metrics.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counters_levels_and_gauges_are_written_with_their_labels()
    {
        var requests = _meter.CreateCounter<long>("shop.orders", "{order}", "Orders taken.\nAll of them.");
        var bytes = _meter.CreateCounter<int>("shop.io", "By");
        var open = _meter.CreateUpDownCounter<long>("shop.open");
        _meter.CreateObservableGauge("shop.temperature", static () => 21.5);
        requests.Add(2, new("who", "a \"b\" \\ c\n"), new("http.status", 200));
        requests.Add(3, new("http.status", 200), new("who", "a \"b\" \\ c\n"));
        requests.Add(1, new KeyValuePair<string, object?>("who", null));
        bytes.Add(10);
        open.Add(2);
        open.Add(-1);

        Text().ShouldBe(
            """
            # HELP shop_io_bytes_total 
            # TYPE shop_io_bytes_total counter
            shop_io_bytes_total 10
            # HELP shop_open 
            # TYPE shop_open gauge
            shop_open 1
            # HELP shop_orders_total Orders taken.\nAll of them.
            # TYPE shop_orders_total counter
            shop_orders_total{http_status="200",who="a \"b\" \\ c\n"} 5
            shop_orders_total{who=""} 1
            # HELP shop_temperature 
            # TYPE shop_temperature gauge
            shop_temperature 21.5

            """);
    }

    [Fact]
    public void Histograms_are_written_as_buckets_that_add_up_with_sum_and_count()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var took = _meter.CreateHistogram("shop.took", "s", "Time.", tags: null, advice);
        took.Record(0.05, new KeyValuePair<string, object?>("who", "a"));
        took.Record(0.1, new KeyValuePair<string, object?>("who", "a"));
        took.Record(0.5, new KeyValuePair<string, object?>("who", "a"));
        took.Record(7, new KeyValuePair<string, object?>("who", "a"));

        Text().ShouldBe(
            """
            # HELP shop_took_seconds Time.
            # TYPE shop_took_seconds histogram
            shop_took_seconds_bucket{who="a",le="0.1"} 2
            shop_took_seconds_bucket{who="a",le="1"} 3
            shop_took_seconds_bucket{who="a",le="+Inf"} 4
            shop_took_seconds_sum{who="a"} 7.65
            shop_took_seconds_count{who="a"} 4

            """);
    }

    [Fact]
    public void The_same_meter_made_twice_is_one_family()
    {
        _meter.CreateCounter<long>("shop.orders").Add(1);
        using var again = new Meter(_meter.Name);
        again.CreateCounter<long>("shop.orders").Add(2);

        Text().ShouldEndWith("shop_orders_total 3\n");
    }

    [Fact]
    public void A_series_that_a_gauge_tells_no_longer_is_gone()
    {
        double? fullIn = 90;
        _meter.CreateObservableGauge("shop.full.in", () => fullIn is { } left ? [new Measurement<double>(left)] : (Measurement<double>[])[], "s");
        Text().ShouldContain("shop_full_in_seconds 90");

        fullIn = null;

        Text().ShouldBeEmpty("what is over would stay an alarm for ever");
        fullIn = 40;
        Text().ShouldContain("shop_full_in_seconds 40");
    }

    [Fact]
    public void The_series_of_one_pool_that_is_closed_are_gone_while_the_others_stay()
    {
        List<string> pools = ["a", "b"];
        _meter.CreateObservableUpDownCounter("shop.items", () => pools.Select(pool => new Measurement<long>(7, new KeyValuePair<string, object?>("pool", pool))));
        Text().ShouldContain("""shop_items{pool="a"} 7""");

        pools.Remove("a");

        Text().ShouldNotContain("pool=\"a\"");
        Text().ShouldContain("""shop_items{pool="b"} 7""");
    }

    [Fact]
    public void Levels_of_a_meter_that_is_disposed_are_gone_and_its_counts_stay()
    {
        using (var meter = new Meter(_meter.Name))
        {
            meter.CreateUpDownCounter<long>("shop.open").Add(3);
            meter.CreateCounter<long>("shop.orders").Add(5);
            meter.CreateObservableGauge("shop.temperature", static () => 21.5);
            Text().ShouldContain("shop_open 3");
        }

        _meter.CreateUpDownCounter<long>("shop.open").Add(1);
        _meter.CreateCounter<long>("shop.orders").Add(1);

        Text().ShouldContain("shop_open 1");
        Text().ShouldContain("shop_orders_total 6");
        Text().ShouldNotContain("shop_temperature");
    }

    [Fact]
    public void What_goes_beyond_the_limit_of_series_is_counted_in_one()
    {
        var orders = _meter.CreateCounter<long>("shop.orders");
        for (var i = 0; i < MetricFamily.MaxSeries + 10; i++)
        {
            orders.Add(1, new KeyValuePair<string, object?>("customer", i));
        }

        var lines = Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(MetricFamily.MaxSeries + 1 + 2);
        lines.ShouldContain("shop_orders_total{otel_metric_overflow=\"true\"} 10");
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_threads_record()
    {
        var orders = _meter.CreateCounter<long>("shop.orders");
        var took = _meter.CreateHistogram<double>("shop.took");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                orders.Add(1, new KeyValuePair<string, object?>("shop", i % 7));
                took.Record(1);
            }
        }))).Within();

        Text().Split('\n').Where(line => line.StartsWith("shop_orders_total{", StringComparison.Ordinal)).Sum(line => int.Parse(line.Split(' ')[1], null))
            .ShouldBe(40_000);
        Text().ShouldContain("shop_took_count 40000\n");
    }

    private string Text()
    {
        var writer = new StringWriter();
        _metrics.Write(writer);
        return writer.ToString();
    }
}
