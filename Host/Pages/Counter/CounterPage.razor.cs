using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Cases;
using TongBan.Host.Pages.Shared;

namespace TongBan.Host.Pages.Counter;

/// <summary>The counter: find the item, take the applicant down, open the case; all of it without the mouse.</summary>
public sealed partial class CounterPage
{
    private readonly CounterForm _form = new();
    private IReadOnlyList<(string Value, string Text)> _divisions = [];
    private IReadOnlyList<(string Value, string Text)> _halls = [];
    private string? _doubt;
    private Refusal? _refusal;
    private bool _busy;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private JustOpened JustOpened { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

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
    }

    private bool At(string field) => _refusal.IsAt(field);

    private void Choose(ServiceItem? item)
    {
        _form.Choose(item);
        _refusal = null;
        Weigh();
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
            JustOpened.Put(opened);
            Navigation.NavigateTo($"/cases/{opened.Number}");
        }
        finally
        {
            _busy = false;
        }
    }
}
