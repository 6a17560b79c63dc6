using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.Places;

namespace TongBan.Host.Pages.Catalogue;

/// <summary>The whole catalogue: found, filtered, exported, and each item led to.</summary>
public sealed partial class ItemsPage
{
    private const int PageSize = 50;

    private string? _q;
    private string? _scope;
    private string? _sector;
    private string? _mode;
    private int _page;
    private int _samples;
    private Page<ItemSummary>? _items;
    private IReadOnlyList<(string Value, string Text)> _sectors = [];
    private IReadOnlyDictionary<string, string> _sectorNames = new Dictionary<string, string>(StringComparer.Ordinal);

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private IEnumerable<(string Value, string Text)> Scopes => Enum.GetValues<ItemScope>().Select(scope => (scope.ToString(), T[$"Scope.{scope}"].Value));

    private IEnumerable<(string Value, string Text)> Modes => Enum.GetValues<HandlingMode>().Select(mode => (mode.ToString(), T[$"Mode.{(int)mode}"].Value));

    private int Pages => ((_items?.Total ?? 0) + PageSize - 1) / PageSize;

    internal static string AddressOf(ItemSummary item) => "/admin/items/" + Uri.EscapeDataString(item.Code);

    protected override async Task OnInitializedAsync()
    {
        var places = await Work.RunAsync((PlaceStore store) => store.AllAsync());
        _sectors = [.. places.Sectors.Select(sector => (sector.Code, sector.Name))];
        _sectorNames = places.Sectors.ToDictionary(sector => sector.Code, sector => sector.Name, StringComparer.Ordinal);
        _samples = await Work.RunAsync((CatalogueStore catalogue) => catalogue.CountSamplesAsync());
        await LoadAsync();
    }

    private Task FilterAsync(Action change, bool keepPage = false)
    {
        change();
        _page = keepPage ? _page : 0;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var search = new ItemSearch(
            _q, _scope is null ? null : Enum.Parse<ItemScope>(_scope), _sector, _mode is null ? null : Enum.Parse<HandlingMode>(_mode),
            IncludeInactive: true, PageNumber: _page, PageSize: PageSize);
        _items = await Work.RunAsync((CatalogueSearch catalogue) => catalogue.FindAsync(search));
    }
}
