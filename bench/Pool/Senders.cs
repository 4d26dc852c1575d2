using System.Text;

namespace Sluice.Pool.Bench;

/// <summary>Several senders, each of which sends one item after the other and waits for each.</summary>
internal static class Senders
{
    public const int ItemBytes = 200;

    public static byte[] Payload { get; } = Make(ItemBytes);

    public static string Text { get; } = Encoding.ASCII.GetString(Payload);

    public static Task RunAsync(int senders, int count, Func<Task> send) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < count / senders; i++)
            {
                await send();
            }
        })));

    /// <summary>A JSON object of so many bytes.</summary>
    public static byte[] Make(int bytes) => Encoding.ASCII.GetBytes("{\"v\":\"" + new string('x', bytes - 8) + "\"}");
}
