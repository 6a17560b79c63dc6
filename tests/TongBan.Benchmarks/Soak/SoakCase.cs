using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TongBan.Host.Demo;

namespace TongBan.Benchmarks.Soak;

/// <summary>One case, carried from the counter to the archive by whoever's turn it is.</summary>
internal sealed partial class SoakCase(int index, SoakStaff staff, FaultyPartners partners)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    /// <summary>Item, jurisdiction and whether the result is picked up: a desk decides, a system decides, here is decided, originals are posted.</summary>
    private static readonly (string Item, string Jurisdiction, bool IsPickedUp)[] Kinds =
        [("SCJG-001", "441322", false), ("RS-007", "441322", false), ("SCJG-005", "441322", true), ("SCJG-013", "441303", false)];

    private static readonly string[] Mailboxes = ["plain", "later", "plain", "drops", "plain", "hangs", "plain", "farewell"];

    private readonly (string Item, string Jurisdiction, bool IsPickedUp) _kind = Kinds[index % Kinds.Length];

    private readonly string _phone = "139" + index.ToString("D8", CultureInfo.InvariantCulture);

    private bool _isSentBack;

    public string Number { get; private set; } = "";

    public string State { get; private set; } = "";

    public bool IsArchived => State == "archived";

    public async Task PlayAsync(CancellationToken stuck)
    {
        var key = Guid.NewGuid().ToString();
        Number = (await staff.InsistAsync("clerk.city", clerk => clerk.PostAsync("/api/cases", Application(), key))).GetProperty("number").GetString()!;
        while (!stuck.IsCancellationRequested)
        {
            var view = await staff.InsistAsync("admin", admin => admin.GetAsync($"/api/cases/{Number}"));
            State = Text(view, "state");
            if (IsArchived)
                return;
            var open = view.GetProperty("tasks").EnumerateArray().Where(task => Text(task, "state") == "open").ToList();
            var done = 0;
            foreach (var task in open)
                done += await CompleteAsync(view, task) ? 1 : 0;
            if (done == 0)
                await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private object Application() => new
    {
        itemCode = _kind.Item, hall = "H441300", window = 1, jurisdiction = _kind.Jurisdiction,
        applicant = new
        {
            type = "person", name = "示例申请人" + index.ToString(CultureInfo.InvariantCulture), idNumber = "11010519491231002X", phone = _phone,
            email = index % 2 == 0 ? $"{Mailboxes[index / 2 % Mailboxes.Length]}-{index}@example.com" : null,
        },
        delivery = _kind.IsPickedUp ? (object)new { kind = "pickup", hall = "H441300" } : new { kind = "courier", address = "惠州市惠城区示例路1号" },
    };

    /// <summary>Does a task; false when it cannot be done yet.</summary>
    private async Task<bool> CompleteAsync(JsonElement view, JsonElement task)
    {
        var kind = Text(task, "kind");
        var approver = _kind.Item == "SCJG-005" ? "approver.city" : "approver.boluo";
        (string Who, string Outcome, object? Data)? answer = kind switch
        {
            "collect-materials" or "supplement" => ("clerk.city", "Complete", null),
            "accept" => ("clerk.city", "Accepted", null),
            "acknowledge" => (approver, "Acknowledged", null),
            "post-materials" => ("logistics.city", "Posted", null),
            "dispatch" => ("logistics.city", "Dispatched", null),
            "decide" => (approver, Decision().Outcome, Decision().Data),
            "hand-over" => PickupCode() is { } code ? ("clerk.city", "PickedUp", new { code, receiver = "申请人本人" }) : null,
            _ => throw new InvalidOperationException($"Case {Number} has a task of the kind {kind}, which nobody in the soak does."),
        };
        if (answer is not { } done)
            return false;
        if (kind is "collect-materials" or "supplement")
            await ScanAsync(view, kind == "supplement");
        await staff.InsistAsync(done.Who, person => person.PostAsync($"/api/tasks/{Text(task, "id")}/complete", new { done.Outcome, done.Data }));
        _isSentBack |= kind == "decide";
        return true;
    }

    private async Task ScanAsync(JsonElement view, bool isSupplement)
    {
        foreach (var entry in view.GetProperty("checklist").EnumerateArray().Where(entry => entry.GetProperty("required").GetBoolean() && (isSupplement || entry.GetProperty("files").GetInt32() == 0)))
        {
            await staff.InsistAsync("clerk.city", async clerk =>
            {
                await clerk.UploadAsync(Number, Text(entry, "code"), DemoFile.Pdf(Text(entry, "code"), "Sample document", Number));
                return default;
            });
        }
    }

    /// <summary>Some are sent back once, some are rejected, most are approved.</summary>
    private (string Outcome, object Data) Decision() => (index % 10, _isSentBack) switch
    {
        (0, false) => ("NeedsSupplement", new { missing = new[] { "M01" } }),
        (4, _) => ("Rejected", new { reason = "示例：不符合条件" }),
        _ => ("Approved", new { documentNumber = "示例证照-" + Number }),
    };

    /// <summary>As the applicant reads it off the phone.</summary>
    private string? PickupCode() => partners.Messages.Values.Where(message => message.Subject.StartsWith(_phone, StringComparison.Ordinal))
        .Select(message => CodePattern().Match(message.Subject)).FirstOrDefault(match => match.Success)?.Groups["code"].Value;

    [GeneratedRegex("取件码(?<code>[0-9A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePattern();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
