using System.Diagnostics;

namespace TongBan.Host.Demo;

/// <summary>A case of the demo: what is applied for, and how it stands.</summary>
/// <param name="Label">How its lines are marked.</param>
/// <param name="Application">The body of <c>POST /api/cases</c>.</param>
/// <param name="Phone">The applicant's phone, where the pick-up code arrives.</param>
/// <param name="SupplementOnce">Whether the authority asks for a supplement before it decides.</param>
internal sealed record DemoCase(string Label, int Mode, object Application, string Phone, bool SupplementOnce)
{
    private readonly Stopwatch _watch = new();

    private readonly string _idempotencyKey = Guid.NewGuid().ToString();

    public string Number { get; private set; } = "";

    public string Secret { get; private set; } = "";

    public bool WasSentBack { get; set; }

    public bool IsArchived { get; set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>How many lines of the timeline were shown.</summary>
    public int Shown { get; set; }

    /// <summary>New applications: one per mode, each by somebody who does not exist.</summary>
    public static IReadOnlyList<DemoCase> OfEachMode() =>
    [
        new(
            "mode 2", 2,
            new
            {
                itemCode = "SCJG-001", hall = "H441300", window = 1, jurisdiction = "441322",
                applicant = new { type = "person", name = "示例申请人甲", idNumber = "11010519491231002X", phone = "13800000001", email = "jia@example.com" },
                delivery = new { kind = "courier", address = "惠州市惠城区示例路1号" },
            },
            "13800000001", SupplementOnce: true),
        new(
            "mode 1", 1,
            new
            {
                itemCode = "RS-007", hall = "H441300", window = 1, jurisdiction = "441322",
                applicant = new { type = "person", name = "示例申请人乙", idNumber = "440524188001010014", phone = "13800000002" },
                delivery = new { kind = "courier", address = "惠州市惠城区示例路2号" },
            },
            "13800000002", SupplementOnce: false),
        new(
            "mode 3", 3,
            new
            {
                itemCode = "SCJG-005", hall = "H441300", window = 1, jurisdiction = "441322",
                applicant = new { type = "person", name = "示例申请人丙", idNumber = "11010519491231002X", phone = "13800000003" },
                delivery = new { kind = "pickup", hall = "H441300" },
            },
            "13800000003", SupplementOnce: false),
    ];

    /// <summary>Opens the case at the window; asked again after an answer got lost, it is the same case.</summary>
    public async Task OpenAsync(DemoPerson clerk)
    {
        _watch.Start();
        var opened = await clerk.PostAsync("/api/cases", Application, _idempotencyKey);
        Number = opened.GetProperty("number").GetString()!;
        Secret = opened.GetProperty("secret").GetString()!;
    }

    public void Archived()
    {
        _watch.Stop();
        IsArchived = true;
    }
}
