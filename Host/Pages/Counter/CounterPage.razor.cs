using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Cases;
using TongBan.Host.Pages.Shared;
using TongBan.Host.Problems;

namespace TongBan.Host.Pages.Counter;

/// <summary>The counter: find the item, take the applicant down, open the case; all of it without the mouse.</summary>
public sealed partial class CounterPage
{
    private const int WholeNumber = 18;

    private CounterForm _form = new();
    private ItemFinder? _finder;
    private WindowDayView? _day;
    private KnownApplicant? _known;
    private bool _restored;
    private int _round;
    private IReadOnlyList<(string Value, string Text)> _divisions = [];
    private IReadOnlyList<(string Value, string Text)> _halls = [];
    private string? _doubt;
    private Refusal? _refusal;
    private bool _busy;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private JustOpened JustOpened { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Script { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    /// <summary>Each clerk's own, where a machine is shared.</summary>
    private string DraftKey => "tongban.counter." + Me.UserName;

    private bool IsPerson => _form.Type == ApplicantType.Person;

    /// <summary>What is shown at the field at fault.</summary>
    private string Text => _refusal is { } refusal ? T.Refusal(refusal) : "";

    protected override async Task OnInitializedAsync()
    {
        var places = await Work.RunAsync((PlaceStore store) => store.AllAsync());
        // An item of the city itself is decided by the city's authority, which stands in where a division has none.
        _divisions = [.. places.Divisions.Select(division => (division.Code, division.Name))];
        _halls = [.. places.Halls.Where(hall => hall.Kind == PlaceKind.Comprehensive || hall.Code == Me.Hall).Select(hall => (hall.Code, hall.Name))];
        _form.PickupHall = Me.Hall;
        _day = await Work.RunAsync((WindowDay day) => day.ViewAsync(Me));
    }

    private bool At(string field) => _refusal.IsAt(field);

    private Task ChooseAsync(ServiceItem? item)
    {
        _form.Choose(item);
        (_refusal, _restored) = (null, false);
        Weigh();
        return LookUpAsync();
    }

    /// <summary>
    /// A number is weighed as soon as it is as long as it should be, so that the reason stands before the next field; and whoever was here
    /// before is recalled.
    /// </summary>
    private async Task TypeNumberAsync(string? number)
    {
        _form.IdNumber = number;
        if (number?.Trim().Length >= WholeNumber || _doubt is not null)
            Weigh();
        if (number?.Trim().Length == WholeNumber)
            await LookUpAsync();
    }

    private async Task LookUpAsync()
    {
        try
        {
            _known = await Work.RunAsync((ApplicantHistory history) => history.FindAsync(_form.IdNumber, _form.Item?.Code, Me));
        }
        catch (Exception failure) when (DatabaseAway.IsBehind(failure))
        {
            // A help alone: while the database is away the clerk types on.
            _known = null;
        }

        if (_known?.Earlier is { } earlier)
            _form.Recall(earlier, _known.Address);
        await KeepAsync();
    }

    private void Weigh() => _doubt = _form.Doubt(Time.Today());

    private async Task OpenAsync()
    {
        if (_busy)
            return;
        (_busy, _refusal) = (true, null);
        Weigh();
        try
        {
            var request = _form.ToRequest(Me, _doubt is not null);
            var result = await Work.RunAsync((OpenCase open) => open.HandleAsync(request, _form.Key, Me, CancellationToken.None));
            if (result.IsRefused(out _refusal, out var opened))
                return;
            await ForgetAsync();
            JustOpened.Put(opened);
            Navigation.NavigateTo($"/cases/{opened.Number}");
        }
        finally
        {
            _busy = false;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || await Script.InvokeAsync<string?>("sessionStorage.getItem", DraftKey) is not { Length: > 0 } text)
            return;
        if (JsonSerializer.Deserialize<CounterDraft>(text) is not { ItemCode: { } code } draft)
            return;
        _form.Restore(draft, await Work.RunAsync((CatalogueStore catalogue) => catalogue.FindAsync(code)));
        _restored = _form.Item is not null;
        Weigh();
        StateHasChanged();
    }

    /// <summary>The browser's tab keeps what was typed: a page that has to be loaded anew after a broken connection goes on with it.</summary>
    private async Task KeepAsync()
    {
        if (_form.Item is not null)
            await Script.InvokeVoidAsync("sessionStorage.setItem", DraftKey, JsonSerializer.Serialize(_form.ToDraft()));
    }

    private async Task DiscardAsync()
    {
        await ForgetAsync();
        (_form, _known, _doubt, _restored, _round) = (new CounterForm { PickupHall = Me.Hall }, null, null, false, _round + 1);
    }

    private async Task ForgetAsync() => await Script.InvokeVoidAsync("sessionStorage.removeItem", DraftKey);
}
