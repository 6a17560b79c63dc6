using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;
using TongBan.Host.People;

namespace TongBan.Host.Features.Tasks;

/// <summary>The caller's open tasks, those due first at the top.</summary>
internal sealed class ListTasks(TaskStore tasks, LimitStore limits)
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/tasks", (ListTasks handler, ClaimsPrincipal user, int page = 0, int pageSize = 50) => handler.HandleAsync(user.ToActor(), page, pageSize))
            .WithSummary("The caller's open human tasks");

    public async Task<Page<TaskView>> HandleAsync(Actor actor, int page, int pageSize)
    {
        var open = await tasks.ListForAsync(actor, Math.Max(0, page), Math.Clamp(pageSize, 1, Most));
        var clocks = await limits.DueAsync([.. open.Items.Select(t => t.CaseNumber).Distinct(StringComparer.Ordinal)]);
        return new Page<TaskView>([.. open.Items.Select(t => TaskView.Of(t, clocks[t.CaseNumber]))], open.Total);
    }
}
