using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Cases;

namespace TongBan.Host.Pages.Cases;

/// <summary>The cases that the person has a part in; the filter is in the address, so that it can be kept and gone back to.</summary>
public sealed partial class CaseListPage
{
    private const int PageSize = 50;

    private Page<CaseSummary>? _cases;
    private Refusal? _refusal;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "q")] private string? Q { get; set; }

    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "light")] private string? Light { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int Page { get; set; }

    private int Pages => ((_cases?.Total ?? 0) + PageSize - 1) / PageSize;

    private IEnumerable<(string Value, string Text)> States => Enum.GetValues<CaseState>().Select(state => (state.Code(), T.State(state, state.Name())));

    private IEnumerable<(string Value, string Text)> Lights => Enum.GetValues<Light>().Select(light => (Codes.Of(light), T[$"Light.{light}"].Value));

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        var filter = new CaseFilter(State, Hall: null, Authority: null, Light, Q, Page, PageSize);
        if (!(await Work.RunAsync((ListCases list) => list.HandleAsync(filter, Me))).IsRefused(out _refusal, out var cases))
            _cases = cases;
    }

    private void Filter(string? q, string? state, string? light) => Go(q, state, light, 0);

    private void Go(string? q, string? state, string? light, int page) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["q"] = string.IsNullOrWhiteSpace(q) ? null : q.Trim(), ["state"] = state, ["light"] = light, ["page"] = page == 0 ? null : page,
        }));
}
