using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Sluice.Hocon.Configuration;

/// <summary>Flattens a configuration to the keys of <see cref="IConfiguration"/>: levels and list indexes are joined by colons.</summary>
internal sealed class HoconConfigurationProvider(Func<Config> load) : ConfigurationProvider
{
    public override void Load()
    {
        Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Add(load().Root, "");
    }

    private void Add(HoconValue value, string path)
    {
        switch (value)
        {
            case HoconScalar scalar:
                Data[path] = scalar.Kind == ScalarKind.Null ? null : scalar.Text;
                break;
            case HoconArray list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Add(list.Items[i], Below(path, i.ToString(CultureInfo.InvariantCulture)));
                }

                break;
            case HoconObject fields:
                foreach (var (key, field) in fields.Fields)
                {
                    Add(field, Below(path, key));
                }

                break;
        }
    }

    private static string Below(string path, string key) => path.Length == 0 ? key : ConfigurationPath.Combine(path, key);
}
