using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using TongBan.Postgres;

namespace TongBan.Host.Start;

/// <summary>The host cannot start; the message says in one line why and what to do.</summary>
internal sealed class StartFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The one line for a failure that a person can put right; null for a fault of the program.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        StartFailure or PostgresStartException => OneLine(failure.Message),
        OptionsValidationException invalid => OneLine(string.Join(' ', invalid.Failures)),
        IOException { InnerException: AddressInUseException inUse } =>
            $"{OneLine(inUse.Message.TrimEnd('.'))}: stop the other program, or give ASPNETCORE_URLS another address.",
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } refused =>
            $"The address cannot be listened on ({OneLine(refused.Message)}): give ASPNETCORE_URLS another one.",
        _ => null,
    };

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
