using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Features.Partners;
using TongBan.Host.Pages.Shared;

namespace TongBan.Host.Pages.Partners;

/// <summary>What an administrator sets for a partner.</summary>
public sealed partial class PartnerForm
{
    private string? _baseUrl;
    private string? _secret;
    private int? _perMinute;
    private int? _atOnce;
    private string? _states;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public object Shown { get; set; } = default!;

    [Parameter, EditorRequired] public EventCallback OnDone { get; set; }

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    private PartnerView Partner => (PartnerView)Shown;

    protected override async Task OnInitializedAsync()
    {
        (_baseUrl, _perMinute, _atOnce) = (Partner.BaseUrl, Partner.CallsPerMinute, Partner.AtOnce);
        if (Partner.Kind == PartnerKind.Courier)
            _states = string.Join('\n', (await Work.RunAsync((CourierStates states) => states.OfAsync(Partner.Code))).Select(each => $"{each.Key} = {Codes.Of(each.Value)}"));
    }

    private string ProblemOf(string field) => _refusal.IsAt(field) ? T.Refusal(_refusal!) : "";

    private async Task SaveAsync()
    {
        var request = new SetPartnerRequest(Given(_baseUrl), Given(_secret), _perMinute, _atOnce);
        if ((await Work.RunAsync((ManagePartner manage) => manage.SetAsync(Partner.Kind, Partner.Code, request, Me))).IsRefused(out _refusal, out _))
            return;
        if (Partner.Kind == PartnerKind.Courier && (await SaveStatesAsync()).IsRefused(out _refusal, out _))
            return;
        await OnDone.InvokeAsync();
    }

    private async Task<Result<bool>> SaveStatesAsync()
    {
        var table = new Dictionary<string, ShipmentState>(StringComparer.Ordinal);
        foreach (var line in (_states ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } theirs, var ours] || !Enum.TryParse<ShipmentState>(ours, ignoreCase: true, out var state))
                return new Domain.Cases.FieldInvalid("states", $"“{line}”不是“物流的状态 = 本系统的状态”");
            table[theirs] = state;
        }

        return await Work.RunAsync((ManagePartner manage) => manage.SetStatesAsync(Partner.Code, table, Me));
    }

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
