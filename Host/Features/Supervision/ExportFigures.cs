using System.Globalization;
using System.Security.Claims;
using TongBan.Domain.Cases;
using TongBan.Domain.Tasks;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;
using TongBan.Host.Sheets;

namespace TongBan.Host.Features.Supervision;

/// <summary>The dashboard's tables as sheets.</summary>
internal static class ExportFigures
{
    private const int MostDays = 366;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/supervision/{table}.{format}", async (Dashboard dashboard, RatingFollowUp ratings, string table, string format, ClaimsPrincipal user, int days = 30) =>
        {
            if (days is < 1 or > MostDays)
                return new FieldInvalid("days", $"天数为 1 至 {MostDays}").ToProblem();
            var sheet = table == "ratings" ? Ratings(await ratings.ListAsync(badOnly: false, user.ToActor())) : Of(table, await dashboard.ReadAsync(days));
            return sheet?.As(format) ?? new FieldInvalid("table", "没有这张表或这种格式").ToProblem();
        }).RequireAuthorization(Policies.For(Act.WatchFigures)).WithSummary("A table of the dashboard (halls, authorities, steps, items, days, ratings) as csv or xlsx");

    private static Sheet? Of(string table, DashboardView view) => table switch
    {
        "halls" => new("大厅", ["大厅", "今日收件", "今日受理", "今日送达", "在办", "等候"], view.Halls.Select(hall => Row(hall.Name, hall.Opened, hall.Accepted, hall.Delivered, hall.Open, hall.Waiting))),
        "authorities" => new("审批部门", ["审批部门", "在办", "绿灯", "黄灯", "红灯", "今日办结", "最久（天）"], view.Authorities.Select(a => Row(a.Name, a.Open, a.Green, a.Yellow, a.Red, a.Decided, a.OldestDays))),
        "steps" => new("环节用时", ["环节", "次数", "中位用时（小时）", "最长用时（小时）"], view.Steps.Select(step => Row(TaskKind.Of(step.Kind).Title, step.Count, Math.Round(step.MedianHours, 1), Math.Round(step.LongestHours, 1)))),
        "items" => new("事项", ["事项编码", "事项名称", "办件", "补正", "补正率", "退回", "退回率"], view.Items.Select(item => Row(item.Code, item.Name, item.Cases, item.Supplemented, Percent(item.SupplementShare), item.Returned, Percent(item.ReturnShare)))),
        "days" => new("每日", ["日期", "收件", "办结"], view.PerDay.Select(day => Row(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Opened, day.Decided))),
        _ => null,
    };

    private static Sheet Ratings(IReadOnlyList<RatedCase> rated) => new(
        "好差评", ["办件编号", "事项", "大厅", "窗口", "等级", "评语", "评价时间", "核查期限", "是否属实", "核查情况", "整改", "答复"],
        rated.Select(one => Row(
            one.CaseNumber, one.ItemName, one.Hall, one.Window, one.Grade, one.Comment, one.RatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            one.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), one.IsFounded switch { true => "属实", false => "不属实", null => "" }, one.Finding, one.Measure, one.Answer)));

    private static IReadOnlyList<string?> Row(params object?[] cells) => [.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))];

    private static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);
}
