using MudBlazor;
using TongBan.Domain.People;
using TongBan.Host.People.Access;

namespace TongBan.Host.Pages.Layout;

/// <summary>A page in the menu.</summary>
/// <param name="Title">The key of its text.</param>
/// <param name="Act">What one does there; none: everybody's.</param>
internal sealed record MenuEntry(string Address, string Title, string Icon, Act? Act = null)
{
    /// <summary>It is served outside the pages, so that the browser has to load it.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>Which pages there are, by field of work, in one list.</summary>
internal static class Menu
{
    private static readonly (string? Title, MenuEntry[] Entries)[] Sections =
    [
        (null,
        [
            new("/", "Nav.Work", Icons.Material.Filled.TaskAlt),
            new("/counter", "Nav.Counter", Icons.Material.Filled.AddCircleOutline, Act.OpenCase),
            new("/queue", "Nav.Queue", Icons.Material.Filled.Groups, Act.CallQueue),
            new("/logistics", "Nav.Logistics", Icons.Material.Filled.LocalShipping, Act.CarryParcels),
            new("/cases", "Nav.Cases", Icons.Material.Filled.FolderOpen),
        ]),
        ("Nav.Supervision",
        [
            new("/supervision", "Nav.Dashboard", Icons.Material.Filled.Insights, Act.WatchFigures),
            new("/supervision/ratings", "Nav.Ratings", Icons.Material.Filled.StarHalf, Act.FollowUpRating),
        ]),
        ("Nav.Catalogue",
        [
            new("/admin/items", "Nav.Items", Icons.Material.Filled.Checklist, Act.KeepCatalogue),
            new("/admin/items/import", "Nav.Import", Icons.Material.Filled.UploadFile, Act.KeepCatalogue),
            new("/governance", "Nav.Governance", Icons.Material.Filled.Balance, Act.WatchFigures),
            new("/admin/workflows", "Nav.Workflows", Icons.Material.Filled.Rule, Act.KeepWorkflows),
            new("/studio", "Nav.Studio", Icons.Material.Filled.AccountTree, Act.KeepWorkflows) { IsElsewhere = true },
        ]),
        ("Nav.Administration",
        [
            new("/admin/calendars", "Nav.Calendars", Icons.Material.Filled.CalendarMonth, Act.KeepCalendars),
            new("/admin/places", "Nav.Places", Icons.Material.Filled.Apartment, Act.KeepPlaces),
            new("/admin/papers", "Nav.Templates", Icons.Material.Filled.Description, Act.KeepWordings),
            new("/admin/users", "Nav.Users", Icons.Material.Filled.ManageAccounts, Act.KeepUsers),
            new("/admin/retention", "Nav.Retention", Icons.Material.Filled.AutoDelete, Act.KeepRetention),
        ]),
        ("Nav.System",
        [
            new("/audit", "Nav.Audit", Icons.Material.Filled.FactCheck, Act.ReadAudit),
            new("/sessions", "Nav.Sessions", Icons.Material.Filled.Devices),
            new("/admin/partners", "Nav.Partners", Icons.Material.Filled.Hub, Act.KeepPartners),
            new("/hangfire", "Nav.Jobs", Icons.Material.Filled.Schedule, Act.WatchJobs) { IsElsewhere = true },
            new("/docs", "Nav.Api", Icons.Material.Filled.Api, Act.WatchJobs) { IsElsewhere = true },
        ]),
    ];

    /// <summary>The sections that hold anything for this role.</summary>
    public static IEnumerable<(string? Title, IReadOnlyList<MenuEntry> Entries)> For(Role role) =>
        Sections.Select(section => (section.Title, (IReadOnlyList<MenuEntry>)[.. section.Entries.Where(entry => entry.Act is not { } act || AccessTable.AllowsAnywhere(act, role))]))
            .Where(section => section.Item2.Count > 0);
}
