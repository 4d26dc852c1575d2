using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Sluice.Exporters.Sinks.Http;

/// <summary>Makes requests as the settings want them: address, credentials, headers, compression.</summary>
internal sealed class HttpRequests
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly HttpEndpointSettings _settings;
    private readonly Uri _url;
    private readonly AuthenticationHeaderValue? _credentials;

    /// <exception cref="SinkSettingsException">The address, a header or a secret is missing or cannot be sent.</exception>
    public HttpRequests(HttpEndpointSettings settings, Func<string, string?> environment)
    {
        _settings = settings;
        _url = Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new SinkSettingsException(settings.Name, "url", $"'{settings.Url}' is not an address; write one such as \"http://127.0.0.1:8077/\".");
        _credentials = Credentials(settings, environment);
        foreach (var (name, value) in settings.Headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenChars) || value.Any(char.IsControl))
            {
                throw new SinkSettingsException(settings.Name, "headers", $"'{name}' cannot be sent; use letters, digits and dashes in names, and one line in values.");
            }
        }
    }

    public HttpRequestMessage Make(HttpMethod method, HttpContent? content, string? keyHeader = null, string? key = null)
    {
        var request = new HttpRequestMessage(method, _url) { Content = content };
        request.Headers.Authorization = _credentials;
        if (!string.IsNullOrEmpty(keyHeader) && key is not null)
        {
            request.Headers.TryAddWithoutValidation(keyHeader, AsHeaderValue(key));
        }

        foreach (var (name, value) in _settings.Headers)
        {
            if (content is not null && name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    public HttpContent Content(ReadOnlyMemory<byte> body, string contentType)
    {
        var zipped = _settings.Compression is HttpCompression.Gzip;
        var content = new ReadOnlyMemoryContent(zipped ? Zip(body) : body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (zipped)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    private static AuthenticationHeaderValue? Credentials(HttpEndpointSettings settings, Func<string, string?> environment)
    {
        return settings.Authentication switch
        {
            HttpAuthentication.Bearer => new("Bearer", Secret("token-variable", settings.TokenVariable)),
            HttpAuthentication.Basic => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
                Secret("user-variable", settings.UserVariable) + ":" + Secret("password-variable", settings.PasswordVariable)))),
            _ => null,
        };

        string Secret(string key, string variable) =>
            environment(variable) is { Length: > 0 } value
                ? value
                : throw new SinkSettingsException(settings.Name, key, $"the environment variable '{variable}' is not set; set it, or name another one here.");
    }

    private static ReadOnlyMemory<byte> Zip(ReadOnlyMemory<byte> body)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(body.Span);
        }

        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    // Header values are visible ASCII; a key made from a pool's name need not be.
    private static string AsHeaderValue(string key) => key.All(static c => c is > ' ' and < '\x7f') ? key : Uri.EscapeDataString(key);
}
