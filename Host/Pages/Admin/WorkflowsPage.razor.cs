using System.Globalization;
using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.People;
using TongBan.Host.Features.Workflows;

namespace TongBan.Host.Pages.Admin;

/// <summary>Which workflow handles each item, and what administrators do about it.</summary>
public sealed partial class WorkflowsPage
{
    private const int Most = 50;

    private string? _q;
    private bool _ownOnly;
    private Page<ItemSummary>? _items;
    private IReadOnlyDictionary<string, string> _own = new Dictionary<string, string>(StringComparer.Ordinal);
    private (ItemSummary Item, Panel Panel)? _shown;
    private Refusal? _refusal;
    private string? _done;

    /// <summary>What is shown of an item above the list.</summary>
    private enum Panel
    {
        Comparison,
        Simulation,
        Findings,
        Moves,
    }

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _own = await Work.RunAsync((CatalogueStore catalogue) => catalogue.OwnWorkflowsAsync());
        var among = _ownOnly ? _own.Keys.ToHashSet(StringComparer.Ordinal) : null;
        _items = await Work.RunAsync((CatalogueSearch search) => search.FindAsync(new ItemSearch(_q, Among: among, IncludeInactive: true, PageSize: Most)));
    }

    private Task FindAsync(string? q)
    {
        _q = q;
        return LoadAsync();
    }

    private Task OnlyOwnAsync(bool ownOnly)
    {
        _ownOnly = ownOnly;
        return LoadAsync();
    }

    private string TitleOf(Panel panel) => T[panel switch
    {
        Panel.Comparison => "Workflows.Compare",
        Panel.Simulation => "Workflows.Simulate",
        Panel.Findings => "Workflows.Check",
        _ => "Workflows.Move",
    }];

    private bool IsOwn(ItemSummary item) => _own.ContainsKey(item.Code);

    private string DefinitionOf(ItemSummary item) => _own.GetValueOrDefault(item.Code) ?? string.Create(CultureInfo.InvariantCulture, $"mode-{(int)item.Mode}");

    private void Show(ItemSummary item, Panel panel) => (_shown, _refusal, _done) = ((item, panel), null, null);

    private async Task CustomiseAsync(ItemSummary item)
    {
        var made = await Work.RunAsync((ItemWorkflow workflow) => workflow.CustomizeAsync(item.Code, Me, CancellationToken.None));
        if (!made.IsRefused(out _refusal, out var view))
            Navigation.NavigateTo(StudioOf(view.DefinitionId), forceLoad: true);
    }

    private async Task RestoreAsync(ItemSummary item)
    {
        var restored = await Work.RunAsync((ItemWorkflow workflow) => workflow.RestoreAsync(item.Code, Me, CancellationToken.None));
        (_shown, _done) = (null, null);
        if (!restored.IsRefused(out _refusal, out _))
            _done = T["Workflows.Restored", item.Name];
        await LoadAsync();
    }

    /// <summary>Where the designer opens a definition.</summary>
    internal static string StudioOf(string definitionId) => "/studio/definitions/" + Uri.EscapeDataString(definitionId);
}
