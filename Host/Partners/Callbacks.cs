using Hangfire;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Host.Problems;

namespace TongBan.Host.Partners;

/// <summary>Call-backs of partners: checked, stored, answered with 202; what they mean is worked out afterwards.</summary>
internal static class Callbacks
{
    private const int LargestCourierBody = 64 * 1024;

    /// <summary>A decision brings its result's files along.</summary>
    private const int LargestApprovalBody = 40 * 1024 * 1024;

    public static void MapCallbacks(this WebApplication app)
    {
        var group = app.MapGroup("/callbacks").AllowAnonymous().RequireRateLimiting(ProblemServices.CallbackLimit).WithTags("Call-backs");
        group.MapPost("/courier/{provider}", (string provider, HttpRequest request, Receiver receiver) =>
            receiver.ReceiveAsync(request, PartnerKind.Courier, provider, LargestCourierBody));
        group.MapPost("/approval/{authority}", (string authority, HttpRequest request, Receiver receiver) =>
            receiver.ReceiveAsync(request, PartnerKind.Approval, authority, LargestApprovalBody));
    }

    internal sealed class Receiver(SignedRequest signed, PartnerDirectory partners, PartnerMessageStore messages, CourierStates states, IBackgroundJobClient jobs)
    {
        public async Task<IResult> ReceiveAsync(HttpRequest request, PartnerKind kind, string partner, int largestBody)
        {
            var (body, problem) = await signed.ReadAsync(request, await partners.FindAsync(kind, partner), largestBody);
            if (problem is not null)
                return problem;
            if (SafeJson.Parse(body) is not { } json)
                return Problem.Of(StatusCodes.Status400BadRequest, "unreadable", "请求内容不是 UTF-8 编码的 JSON 对象");
            var errors = kind == PartnerKind.Courier ? MessageForm.OfCourier(json, await states.OfAsync(partner)) : MessageForm.OfApproval(json);
            if (errors.Count > 0)
                return Problem.Invalid(errors);

            if (await messages.AddAsync(kind, partner, json.GetProperty("messageId").GetString()!, json) is { } id)
                jobs.Enqueue<PartnerMessageJob>(job => job.ApplyAsync(id, 0, CancellationToken.None));
            return TypedResults.Accepted((string?)null);
        }
    }
}
