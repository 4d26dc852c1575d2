using System.Globalization;
using System.Text;

namespace Sluice.Kernel.Routing;

/// <summary>
/// Routees as points on a circle of hashes; a key belongs to the next point. Hashes are made of texts alone, so all processes agree.
/// </summary>
internal sealed class HashCircle
{
    private readonly uint[] _points;
    private readonly Routee[] _owners;

    public HashCircle(Routee[] routees, int pointsEach)
    {
        Routees = routees;
        _points = new uint[routees.Length * pointsEach];
        _owners = new Routee[_points.Length];
        for (var i = 0; i < _points.Length; i++)
        {
            _owners[i] = routees[i / pointsEach];
            _points[i] = Hash(Encoding.UTF8.GetBytes($"{_owners[i]}#{i % pointsEach}"));
        }
        Array.Sort(_points, _owners);
    }

    public Routee[] Routees { get; }

    public Routee RouteeFor(object key)
    {
        var found = Array.BinarySearch(_points, Hash(BytesOf(key)));
        var next = found >= 0 ? found : ~found;
        return _owners[next == _owners.Length ? 0 : next];
    }

    private static byte[] BytesOf(object key) => key switch
    {
        byte[] bytes => bytes,
        _ => Encoding.UTF8.GetBytes(Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""),
    };

    // FNV-1a (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv), then the finalizer of MurmurHash3, which spreads texts that
    // differ only at their end over the whole circle.
    private static uint Hash(byte[] bytes)
    {
        var hash = 2166136261u;
        foreach (var one in bytes)
        {
            hash = (hash ^ one) * 16777619u;
        }
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return hash ^ (hash >> 16);
    }
}
