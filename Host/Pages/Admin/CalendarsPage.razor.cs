using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using TongBan.Domain;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Calendars;

namespace TongBan.Host.Pages.Admin;

/// <summary>The working calendars: each year of each place checked by eye, prepared from a simple file, published or taken back.</summary>
public sealed partial class CalendarsPage
{
    private const int LargestFile = 64 * 1024;

    private IReadOnlyList<CalendarPlaceView>? _places;
    private IReadOnlyList<RecountView> _recounts = [];
    private IReadOnlyList<CalendarRow> _rejected = [];
    private CalendarYearView? _view;
    private string _division = PlaceStore.CityDivision;
    private int _year;
    private bool _showDraft = true;
    private bool _asks;
    private string? _notice;
    private string? _text;
    private string? _done;
    private Refusal? _refusal;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private CalendarPlaceView Place => _places!.First(place => place.Division == _division);

    private CalendarYearState? State => Place.Years.FirstOrDefault(year => year.Year == _year);

    private string Text => _refusal is { } refusal ? T.Refusal(refusal) : "";

    /// <summary>From what is known to two years ahead.</summary>
    private IEnumerable<(string Value, string Text)> Years => Place.Years.Select(year => year.Year).Concat(Enumerable.Range(Time.Today().Year - 1, 4)).Distinct().Order()
        .Select(year => (year.ToString(CultureInfo.InvariantCulture), year.ToString(CultureInfo.InvariantCulture)));

    protected override async Task OnInitializedAsync()
    {
        _year = Time.Today().Year;
        await ShowAsync();
    }

    /// <summary>Only what moves by itself is read again; what is being typed stays.</summary>
    protected override async Task LoadAsync() => _recounts = await Work.RunAsync((ShowCalendar show) => show.RecountsAsync());

    private async Task ShowAsync()
    {
        await LoadAsync();
        _places = await Work.RunAsync((ShowCalendar show) => show.PlacesAsync(CancellationToken.None));
        if ((await Work.RunAsync((ShowCalendar show) => show.YearAsync(_division, _year, _showDraft, CancellationToken.None))).IsRefused(out var refusal, out var view))
        {
            _refusal ??= refusal;
            return;
        }

        (_view, _notice, _text, _rejected) = (view, view.Notice, view.Text, []);
    }

    private Task ChoosePlaceAsync(string? division)
    {
        (_division, _view, _showDraft, _asks, _refusal, _done) = (division ?? PlaceStore.CityDivision, null, true, false, null, null);
        return ShowAsync();
    }

    private Task ChooseYearAsync(string? year)
    {
        (_year, _view, _showDraft, _asks, _refusal, _done) = (int.Parse(year!, CultureInfo.InvariantCulture), null, true, false, null, null);
        return ShowAsync();
    }

    private Task ToggleDraftAsync()
    {
        _showDraft = !_view!.IsDraft;
        return ShowAsync();
    }

    private async Task TakeAsync(InputFileChangeEventArgs change)
    {
        if (change.File.Size > LargestFile)
        {
            _refusal = new Domain.Cases.FieldInvalid("file", T["Calendar.TooLarge"]);
            return;
        }

        using var reader = new StreamReader(change.File.OpenReadStream(LargestFile));
        _text = await reader.ReadToEndAsync();
    }

    private async Task ImportAsync()
    {
        var read = await Work.RunAsync((KeepCalendar keep) => keep.ImportAsync(_division, _year, _notice, _text, Me, CancellationToken.None));
        (_done, _rejected) = (null, read.Refusal is CalendarFileInvalid invalid ? invalid.Rejected : []);
        if (read.IsRefused(out _refusal, out _))
            return;
        (_showDraft, _done) = (true, T["Calendar.Saved", _year]);
        await ShowAsync();
    }

    private Task PublishAsync() => ChangeAsync(keep => keep.PublishAsync(_division, _year, Me, CancellationToken.None));

    private Task WithdrawAsync() => ChangeAsync(keep => keep.WithdrawAsync(_division, _year, Me, CancellationToken.None));

    private Task SetRuleAsync(bool movesOn) => ChangeAsync(keep => keep.SetReceiptRuleAsync(_division, movesOn, Me, CancellationToken.None));

    private async Task DiscardAsync()
    {
        (await Work.RunAsync((KeepCalendar keep) => keep.DiscardAsync(_division, _year, CancellationToken.None))).IsRefused(out _refusal, out _);
        await ShowAsync();
    }

    private async Task ChangeAsync(Func<KeepCalendar, Task<Result<LimitRecount>>> change)
    {
        (_asks, _done) = (false, null);
        if (!(await Work.RunAsync(change)).IsRefused(out _refusal, out var recount))
            _done = T["Calendar.Changed", recount.Total];
        await ShowAsync();
    }
}
