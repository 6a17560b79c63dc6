using System.Text.Json;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Partners;

/// <summary>Sends short messages through the gateway of <c>TongBan__Sms__BaseUrl</c>; without one they stay in the sandbox's mailbox.</summary>
internal sealed class SmsSender(PartnerDirectory partners, PartnerClient client, SandboxMailbox sandbox)
{
    /// <summary><c>POST {base}/messages { reference, to, text }</c>, signed and with the idempotency key as every call. One key, one message.</summary>
    public async Task<PartnerAnswer> SendAsync(Guid id, JsonElement message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (to, text) = (message.GetProperty("to").GetString()!, message.GetProperty("text").GetString()!);
        if (await partners.FindAsync(PartnerKind.Sms, Messenger.Sms) is not { IsSandbox: false })
            return await sandbox.KeepAsync(id, "sms", to, text);
        var body = JsonSerializer.SerializeToElement(new { reference = id, to, text }, JsonSerializerOptions.Web);
        return await client.SendAsync(PartnerKind.Sms, Messenger.Sms, HttpMethod.Post, "messages", id.ToString(), body, cancellationToken);
    }
}
