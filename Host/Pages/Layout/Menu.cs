using MudBlazor;
using TongBan.Domain.People;
using TongBan.Host.People.Access;

namespace TongBan.Host.Pages.Layout;

/// <summary>A page in the menu.</summary>
/// <param name="Title">The key of its text.</param>
/// <param name="Roles">Whose work it is; none: everybody's.</param>
internal sealed record MenuEntry(string Address, string Title, string Icon, params Role[] Roles)
{
    /// <summary>It is served outside the pages, so that the browser has to load it.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>Which pages there are, by field of work, in one list.</summary>
internal static class Menu
{
    private static readonly Role[] AuditReaders = [.. Enum.GetValues<Role>().Where(role => AccessTable.AllowsAnywhere(Act.ReadAudit, role))];

    private static readonly (string? Title, MenuEntry[] Entries)[] Sections =
    [
        (null,
        [
            new("/", "Nav.Work", Icons.Material.Filled.TaskAlt),
            new("/counter", "Nav.Counter", Icons.Material.Filled.AddCircleOutline, Role.Clerk),
            new("/queue", "Nav.Queue", Icons.Material.Filled.Groups, Role.Clerk),
            new("/logistics", "Nav.Logistics", Icons.Material.Filled.LocalShipping, Role.Logistics, Role.Clerk),
            new("/cases", "Nav.Cases", Icons.Material.Filled.FolderOpen),
        ]),
        ("Nav.Supervision",
        [
            new("/supervision", "Nav.Dashboard", Icons.Material.Filled.Insights, Role.Supervisor, Role.Administrator),
            new("/supervision/ratings", "Nav.Ratings", Icons.Material.Filled.StarHalf, Role.Supervisor, Role.Administrator),
        ]),
        ("Nav.Catalogue",
        [
            new("/admin/items", "Nav.Items", Icons.Material.Filled.Checklist, Role.Administrator),
            new("/admin/items/import", "Nav.Import", Icons.Material.Filled.UploadFile, Role.Administrator),
            new("/governance", "Nav.Governance", Icons.Material.Filled.Balance, Role.Administrator, Role.Supervisor),
            new("/admin/workflows", "Nav.Workflows", Icons.Material.Filled.Rule, Role.Administrator),
            new("/studio", "Nav.Studio", Icons.Material.Filled.AccountTree, Role.Administrator) { IsElsewhere = true },
        ]),
        ("Nav.Administration",
        [
            new("/admin/calendars", "Nav.Calendars", Icons.Material.Filled.CalendarMonth, Role.Administrator),
            new("/admin/places", "Nav.Places", Icons.Material.Filled.Apartment, Role.Administrator),
            new("/admin/papers", "Nav.Templates", Icons.Material.Filled.Description, Role.Administrator),
            new("/admin/users", "Nav.Users", Icons.Material.Filled.ManageAccounts, Role.Administrator),
        ]),
        ("Nav.System",
        [
            new("/audit", "Nav.Audit", Icons.Material.Filled.FactCheck, AuditReaders),
            new("/sessions", "Nav.Sessions", Icons.Material.Filled.Devices),
            new("/admin/partners", "Nav.Partners", Icons.Material.Filled.Hub, Role.Administrator),
            new("/hangfire", "Nav.Jobs", Icons.Material.Filled.Schedule, Role.Administrator) { IsElsewhere = true },
            new("/docs", "Nav.Api", Icons.Material.Filled.Api, Role.Administrator) { IsElsewhere = true },
        ]),
    ];

    /// <summary>The sections that hold anything for this role.</summary>
    public static IEnumerable<(string? Title, IReadOnlyList<MenuEntry> Entries)> For(Role role) =>
        Sections.Select(section => (section.Title, (IReadOnlyList<MenuEntry>)[.. section.Entries.Where(entry => entry.Roles.Length == 0 || entry.Roles.Contains(role))]))
            .Where(section => section.Item2.Count > 0);
}
