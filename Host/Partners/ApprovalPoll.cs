using System.Text.Json;
using System.Text.Json.Nodes;
using TongBan.Domain.Approvals;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>
/// Asks an approval system how a case stands, for call-backs that stay away. It answers with the messages that it has said so far
/// (<c>messages</c>, each as a call-back), or with where the case stands (<c>status</c> and the fields of that kind of call-back).
/// </summary>
internal sealed class ApprovalPoll(ApprovalClient approval, PartnerMessageStore messages, PartnerMessageJob applier, PartnerStore partners, TimeProvider time)
{
    /// <summary>Asks, and applies what is news.</summary>
    public async Task AskAsync(SilentCase silent, CancellationToken cancellationToken)
    {
        var answer = await approval.FindCaseAsync(silent.Authority, silent.CaseNumber, cancellationToken);
        await partners.NoteAsync(PartnerKind.Approval, silent.Authority, (answer as PartnerAnswer.Unreachable)?.Reason);
        if (answer is not PartnerAnswer.Answered answered)
            return;
        foreach (var message in Said(answered, silent))
        {
            if (MessageForm.OfApproval(message).Count > 0 || message.GetProperty("caseNumber").GetString() != silent.CaseNumber)
                await partners.NoteAsync(PartnerKind.Approval, silent.Authority, "An answer with a message that has not the agreed form");
            else if (await messages.AddAsync(PartnerKind.Approval, silent.Authority, message.GetProperty("messageId").GetString()!, message) is { } id)
                await applier.ApplyAsync(id, 0, cancellationToken);
        }
    }

    private IEnumerable<JsonElement> Said(PartnerAnswer.Answered answered, SilentCase silent)
    {
        if (answered.Json.TryGetProperty("messages", out var said) && said.ValueKind == JsonValueKind.Array)
            return said.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.Object);
        return answered.Text("status") is { } status && MessageForm.ApprovalKinds.Contains(status, StringComparer.Ordinal) && !silent.Known.Contains(status, StringComparer.Ordinal)
            ? [Standing(answered, silent, status)]
            : [];
    }

    /// <summary>Where the case stands, worded as the call-back that did not come.</summary>
    private JsonElement Standing(PartnerAnswer.Answered answered, SilentCase silent, string status)
    {
        var message = JsonNode.Parse(answered.Json.GetRawText())!.AsObject();
        message["messageId"] = $"poll/{silent.Push}/{status}";
        message["caseNumber"] = silent.CaseNumber;
        message["kind"] = status;
        message["at"] ??= time.GetUtcNow().ToString("O");
        return JsonSerializer.SerializeToElement(message);
    }
}
