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

    /// <summary>An IPv4 address as such, also when it came through a socket that speaks both.</summary>
    public static EndPoint? Plain(EndPoint? endPoint) =>
        endPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : endPoint;
}
