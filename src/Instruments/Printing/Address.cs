using System.Net;

namespace Sluice.Instruments.Printing;

/// <summary>An end point as people write it.</summary>
internal static class Address
{
    public static string Of(EndPoint? endPoint) => endPoint switch
    {
        null => "an unknown address",
        DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
        _ => endPoint.ToString() ?? "",
    };
}
