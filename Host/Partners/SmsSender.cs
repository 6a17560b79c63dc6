using System.Text.Json;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Partners;

/// <summary>Sends short messages. No gateway can be set yet, so they stay in the sandbox's mailbox.</summary>
internal sealed class SmsSender(SandboxMailbox sandbox)
{
    public Task<PartnerAnswer> SendAsync(Guid id, JsonElement message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return sandbox.KeepAsync(id, "sms", message.GetProperty("to").GetString()!, message.GetProperty("text").GetString()!);
    }
}
