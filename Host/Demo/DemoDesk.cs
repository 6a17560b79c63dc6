using System.Text.Json;
using System.Text.RegularExpressions;

namespace TongBan.Host.Demo;

/// <summary>What people do with the tasks on their desks: each kind of task is one habit.</summary>
internal sealed partial class DemoDesk(IReadOnlyList<DemoCase> cases, DemoPerson admin)
{
    /// <summary>Completes all tasks of the demo's cases that the person sees.</summary>
    public async Task WorkAsync(DemoPerson person)
    {
        var tasks = await person.GetAsync("/api/tasks");
        foreach (var task in Entries(tasks))
        {
            if (cases.FirstOrDefault(each => each.Number == Text(task, "caseNumber")) is not { } @case)
                continue;
            if (Text(task, "kind") == "hand-over" && await PickupCodeAsync(@case) is null)
                continue; // The applicant has no message yet.
            await CompleteAsync(person, @case, task);
        }
    }

    private async Task CompleteAsync(DemoPerson person, DemoCase @case, JsonElement task)
    {
        (string Outcome, object Data) answer = Text(task, "kind") switch
        {
            "collect-materials" or "supplement" => ("Complete", await ScanAsync(person, @case, isSupplement: Text(task, "kind") == "supplement")),
            "accept" => ("Accepted", new { }),
            "acknowledge" => ("Acknowledged", new { }),
            "post-materials" => ("Posted", new { }),
            "decide" => await DecideAsync(person, @case),
            "end-special-procedure" => ("Done", new { }),
            "hand-over" => ("PickedUp", new { code = await PickupCodeAsync(@case), receiver = "申请人本人" }),
            "dispatch" => ("Dispatched", new { }),
            var kind => throw new DemoFailure($"Nobody in the demo knows how to do a task of the kind {kind}."),
        };
        await person.PostAsync($"/api/tasks/{Text(task, "id")}/complete", new { answer.Outcome, answer.Data });
    }

    /// <summary>Scans what the list requires and what is not there yet, or all of it again for a supplement.</summary>
    private static async Task<object> ScanAsync(DemoPerson clerk, DemoCase @case, bool isSupplement)
    {
        var view = await clerk.GetAsync($"/api/cases/{@case.Number}");
        var entries = view.GetProperty("checklist").EnumerateArray().Where(entry =>
            entry.GetProperty("required").GetBoolean() && (isSupplement || entry.GetProperty("files").GetInt32() == 0));
        foreach (var (index, entry) in entries.Index())
        {
            var code = Text(entry, "code");
            var file = index % 2 == 0 ? DemoFile.Pdf(code, $"Sample document {code}", $"Case {@case.Number}") : DemoFile.Png(code);
            await clerk.UploadAsync(@case.Number, code, file);
        }

        return new { };
    }

    private static async Task<(string Outcome, object Data)> DecideAsync(DemoPerson approver, DemoCase @case)
    {
        if (@case.SupplementOnce && !@case.WasSentBack)
        {
            var view = await approver.GetAsync($"/api/cases/{@case.Number}");
            var first = Text(view.GetProperty("checklist").EnumerateArray().First(entry => entry.GetProperty("required").GetBoolean()), "code");
            @case.WasSentBack = true;
            return ("NeedsSupplement", new { reason = "申请书签名页不清晰，请重新扫描", missing = new[] { first } });
        }

        var documentNumber = $"示例证照-{@case.Number}";
        var paper = DemoFile.Pdf("result", "Sample licence", $"Case {@case.Number}");
        return ("Approved", new { documentNumber, files = new[] { new { name = paper.Name, mediaType = paper.MediaType, base64 = Convert.ToBase64String(paper.Bytes) } } });
    }

    /// <summary>The applicant shows the message on the phone; in the sandbox an administrator reads it.</summary>
    private async Task<string?> PickupCodeAsync(DemoCase @case)
    {
        var messages = await admin.GetAsync($"/sandbox/messages?to={@case.Phone}");
        var texts = messages.EnumerateArray().Select(message => Text(message, "text")).Where(text => text.Contains(@case.Number, StringComparison.Ordinal));
        return texts.Select(text => PickupCode().Match(text)).LastOrDefault(match => match.Success)?.Groups["code"].Value;
    }

    [GeneratedRegex("取件码(?<code>[0-9A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PickupCode();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    /// <summary>A list's entries, whether it is a page or plain.</summary>
    private static JsonElement.ArrayEnumerator Entries(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : list.GetProperty("items").EnumerateArray();
}
