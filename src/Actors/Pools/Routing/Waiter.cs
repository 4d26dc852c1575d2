using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>An item whose sender waits for results.</summary>
/// <param name="send">The send it belongs to.</param>
/// <param name="index">Its index there.</param>
/// <param name="key">Its key.</param>
/// <param name="exporters">Whose results are waited for, in the exporters' order.</param>
internal sealed class Waiter(PendingSend send, int index, string key, string[] exporters)
{
    private readonly ExportResult?[] _results = new ExportResult?[exporters.Length];
    private int _left = exporters.Length;
    private int _delivered;

    /// <summary>A result has come in; of several for one exporter the first counts.</summary>
    /// <returns>Whether the item has now been answered.</returns>
    public bool Add(string exporter, ExportResult result, int required, IActorRef pool)
    {
        var at = Array.IndexOf(exporters, exporter);
        if (at < 0 || _results[at] is not null)
        {
            return false;
        }

        _results[at] = result;
        _left--;
        _delivered += result.Successful ? 1 : 0;
        if (_left > 0 && (_delivered < required || required == exporters.Length))
        {
            return false;
        }

        var results = exporters.Select((name, place) => _results[place] ?? NotWaitedFor(name)).ToArray();
        send.Answer(index, new SendAnswer.Exported(key, results, _delivered >= Math.Min(required, exporters.Length)), pool);
        return true;
    }

    private static ExportResult NotWaitedFor(string exporter) =>
        ExportResult.Failed(exporter, "Enough other exporters have delivered it; this one was not waited for.", ExportFate.NotOwed);
}
