using System.Globalization;

namespace Sluice.Actors.Pools;

/// <summary>A pool's settings cannot work. The message names the key, its value and what to write instead; nothing was started.</summary>
/// <param name="message">The sentence for the user.</param>
/// <param name="inner">What was thrown below, if anything.</param>
public sealed class InvalidConfigException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static void Unless<T>(bool valid, string path, string key, T value, string remedy)
    {
        if (!valid)
        {
            throw new InvalidConfigException(string.Create(CultureInfo.InvariantCulture, $"{path}.{key} = {value} cannot be used: {remedy}."));
        }
    }
}
