using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sluice.Testing.Nodes.Noob;
using Sluice.Testing.Nodes.Python;
using Sluice.Tubes;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;

namespace Sluice.Conformance.Tests.Comparing;

/// <summary>A value as it is now, in the notation of the files: objects that change later do not change it.</summary>
public static class Snapshot
{
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        NoEvent => new JsonObject { ["$"] = "NoEvent" },
        string text => text,
        char letter => letter.ToString(),
        bool flag => flag,
        Epoch epoch => new JsonObject { ["$epoch"] = epoch.ToString() },
        TubeEvent happened => Event(happened),
        Counter counter => Object(counter),
        IDictionary dictionary => Map(dictionary),
        IEnumerable<KeyValuePair<string, TubeEvent>> events => new JsonObject(events.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        IEnumerable<KeyValuePair<string, object?>> entries => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        ISet<object?> set => new JsonObject { ["$repr"] = PythonText.Repr(set) },
        ITuple tuple => new JsonArray([.. Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i]))]),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
        double number => Number(number.ToString("R", CultureInfo.InvariantCulture)),
        IFormattable number => Number(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => new JsonObject { ["$repr"] = value.ToString() },
    };

    private static JsonNode? Number(string text) => JsonNode.Parse(text);

    private static JsonObject Event(TubeEvent happened) => new()
    {
        ["node_id"] = happened.NodeId,
        ["signal"] = happened.Signal,
        ["epoch"] = Of(happened.Epoch),
        ["value"] = Of(happened.Value),
    };

    private static JsonObject Object(Counter counter)
    {
        var shown = new JsonObject { ["$repr"] = "<noob.testing.assets.counter object>", ["start"] = counter.Start, ["current"] = counter.Current };
        if (counter is LifecycleCounter lifecycle)
        {
            shown["$repr"] = "<noob.testing.assets.LifecycleCounter object>";
            shown["entered"] = lifecycle.Entered;
            shown["exited"] = lifecycle.Exited;
        }

        return shown;
    }

    private static JsonObject Map(IDictionary dictionary)
    {
        var shown = new JsonObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            shown[PythonText.Str(entry.Key)] = Of(entry.Value);
        }

        return shown;
    }
}
