namespace Sluice.Rabbit;

/// <summary>How a program shows a broker who it is.</summary>
public enum RabbitAuthentication
{
    /// <summary>By name and password.</summary>
    Password,

    /// <summary>By the client certificate's common name (the broker's EXTERNAL mechanism).</summary>
    Certificate,
}
