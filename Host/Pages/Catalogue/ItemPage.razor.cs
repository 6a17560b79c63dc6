using System.Globalization;
using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Versions;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Host.Features.Catalogue;
using TongBan.Host.Pages.Shared;

namespace TongBan.Host.Pages.Catalogue;

/// <summary>One item: its fields, its materials, and how it read before and will read.</summary>
public sealed partial class ItemPage
{
    private ItemDraft _draft = new();
    private ServiceItem? _current;
    private IReadOnlyList<ItemVersion> _versions = [];
    private IReadOnlyList<(string Value, string Text)> _sectors = [];
    private string? _validFrom;
    private string? _reason;
    private Refusal? _refusal;
    private string? _done;
    private bool _busy;
    private bool _isReady;
    private bool _isUnknown;

    /// <summary>The item's code; none for a new one.</summary>
    [Parameter] public string? Code { get; set; }

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private bool IsNew => Code is null;

    private string Text => _refusal is { } refusal ? T.Refusal(refusal) : "";

    protected override async Task OnParametersSetAsync()
    {
        var places = await Work.RunAsync((PlaceStore store) => store.AllAsync());
        _sectors = [.. places.Sectors.Select(sector => (sector.Code, sector.Name))];
        await LoadAsync();
    }

    private bool At(string field) => _refusal.IsAt(field);

    private async Task LoadAsync()
    {
        _current = Code is null ? null : await Work.RunAsync((CatalogueStore catalogue) => catalogue.FindAsync(Code));
        (_isUnknown, _draft) = (Code is not null && _current is null, ItemDraft.Of(_current));
        _versions = Code is null ? [] : await Work.RunAsync((ItemVersions versions) => versions.ListAsync(Code));
        _isReady = true;
    }

    private async Task SaveAsync()
    {
        if (_busy)
            return;
        (_busy, _refusal, _done) = (true, null, null);
        try
        {
            var from = DateOnly.TryParse(_validFrom, CultureInfo.InvariantCulture, out var date) ? date : (DateOnly?)null;
            var change = new ItemEdit(_draft, IsNew, from, _reason);
            if ((await Work.RunAsync((EditItem edit) => edit.HandleAsync(change, Me, CancellationToken.None))).IsRefused(out _refusal, out var saved))
                return;
            if (IsNew)
                Navigation.NavigateTo("/admin/items/" + Uri.EscapeDataString(saved));
            await LoadAsync();
            _done = from is null ? T["Items.Saved"] : T["Items.Planned", Shown.Date(from)];
            (_validFrom, _reason) = (null, null);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task CancelAsync(int version)
    {
        await Work.RunAsync((ItemVersions versions) => versions.CancelAsync(Code!, version));
        _versions = await Work.RunAsync((ItemVersions versions) => versions.ListAsync(Code!));
    }
}
