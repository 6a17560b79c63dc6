using System.Text.Json;
using Elsa.Calls;
using Microsoft.Extensions.Options;

namespace Elsa.Email;

/// <summary>Hands mails to the host's transport.</summary>
internal sealed class MailCaller(IEnumerable<IMailTransport> transports, IOptions<OutboundOptions> options, TimeProvider time)
{
    /// <summary>Never fails: what goes wrong is the result. Only giving up throws.</summary>
    public async Task<CallResult> SendAsync(string id, string request, CancellationToken ct)
    {
        if (transports.LastOrDefault() is not { } transport)
            return new CallResult(CallOutcome.Failed) { Error = "This host has no transport for mails." };
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await transport.SendAsync(JsonSerializer.Deserialize<OutgoingMail>(request)! with { Id = id }, either.Token);
            return new CallResult(CallOutcome.Answered);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return new CallResult(CallOutcome.Failed) { Error = e.Message };
        }
    }
}
