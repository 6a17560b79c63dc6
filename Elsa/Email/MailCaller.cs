using System.Text.Json;
using Elsa.Calls;

namespace Elsa.Email;

/// <summary>Hands mails to the host's transport.</summary>
internal sealed class MailCaller(IEnumerable<IMailTransport> transports)
{
    /// <summary>Never fails: what goes wrong is the result. Only giving up throws.</summary>
    public async Task<CallResult> SendAsync(string id, string request, CancellationToken ct)
    {
        if (transports.LastOrDefault() is not { } transport)
            return new CallResult(CallOutcome.Failed) { Error = "This host has no transport for mails." };
        try
        {
            await transport.SendAsync(JsonSerializer.Deserialize<OutgoingMail>(request)! with { Id = id }, ct);
            return new CallResult(CallOutcome.Answered);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return new CallResult(CallOutcome.Failed) { Error = e.Message };
        }
    }
}
