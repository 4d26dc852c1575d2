extern alias bare;

namespace Sluice.Instruments.Bench;

/// <summary>
/// No instrument active against a kernel compiled without hooks. The same build a second time shows how far two equal things lie apart in
/// this run: a difference below that is noise.
/// </summary>
internal sealed class FloorCase : IBenchCase
{
    private readonly bare::Sluice.Instruments.Bench.TellLoad[] _bare = [new(), new()];
    private readonly TellLoad _hooked = new();

    public string Name => "floor: tell to itself";

    public string Unit => "msg/s";

    public int Operations => 200_000;

    public ValueTask<IReadOnlyList<Contender>> Contenders() => new(
    [
        new("no hooks", _bare[0].ToItself),
        new("none active", _hooked.ToItself),
        new("no hooks again", _bare[1].ToItself),
    ]);

    public async ValueTask DisposeAsync()
    {
        await _hooked.DisposeAsync();
        foreach (var bare in _bare)
        {
            await bare.DisposeAsync();
        }
    }
}
