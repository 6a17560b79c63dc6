using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Host.Features.Cases;
using TongBan.Host.Pages.Counter;
using TongBan.Host.Problems;

namespace TongBan.Host.Pages.Cases;

/// <summary>One case with all that belongs to it.</summary>
public sealed partial class CasePage
{
    private CaseFile? _file;
    private string? _number;
    private OpenedCase? _opened;
    private MaterialView? _shown;
    private Refusal? _refusal;

    /// <summary>The case was seen and is not any more: one's own work on it may have given it to others.</summary>
    private bool _gone;

    [Parameter] public string Number { get; set; } = "";

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private JustOpened JustOpened { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        // The frame around the page may render again while the case is still read; that is no other case.
        if (_number == Number)
            return;
        _number = Number;
        (_file, _gone, _shown) = (null, false, null);
        _opened = JustOpened.Take(Number);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var known = _file is not null || _gone;
        if ((await Work.RunAsync((GetCase get) => get.HandleAsync(Number, Me))).IsRefused(out _refusal, out var view))
            (_file, _gone) = _refusal is DatabaseAway ? (_file, _gone) : (null, known);
        else
            _file = new CaseFile(view, await Work.RunAsync((TaskStore tasks) => CaseFile.MineAsync(tasks, Number, Me)), RefreshAsync, ShowAsync);
    }

    private Task ShowAsync(MaterialView material)
    {
        _shown = material;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}
