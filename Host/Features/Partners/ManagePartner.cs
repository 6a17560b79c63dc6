using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Partners;

/// <summary>What to set for a partner; null leaves it to the host's settings, a secret of null keeps the one that was set.</summary>
internal sealed record SetPartnerRequest(string? BaseUrl, string? Secret, int? CallsPerMinute, int? AtOnce);

/// <summary>Why calls to the partner are held back, or let go.</summary>
internal sealed record PausePartnerRequest(string? Reason);

/// <summary>A kind of partner as an address names it: its code, such as <c>sms</c>.</summary>
internal sealed record PartnerCode(PartnerKind Kind)
{
    /// <summary>Read from a route; an unknown one is a request that cannot be read.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out PartnerCode? result)
    {
        result = Enum.TryParse<PartnerKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? new(kind) : null;
        return result is not null;
    }
}

/// <summary>Sets where a partner is and how it may be called, holds calls back, and says what its words mean. Everything is audited.</summary>
internal sealed class ManagePartner(PartnerStore partners, CourierStates states, AuditTrail audit)
{
    private const int ShortestSecret = 16;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/partners").RequireAuthorization(Policies.For(Act.KeepPartners));
        group.MapGet("", async (ListPartners handler) => Results.Ok(await handler.HandleAsync())).WithSummary("The partners, how they are set and how they are");
        group.MapPut("/{partner}/{code}", async (ManagePartner handler, PartnerCode partner, string code, SetPartnerRequest request, ClaimsPrincipal user) =>
            (await handler.SetAsync(partner.Kind, code, request, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Set address, secret and limits");
        group.MapPost("/{partner}/{code}/pause", async (ManagePartner handler, PartnerCode partner, string code, PausePartnerRequest request, ClaimsPrincipal user) =>
            (await handler.PauseAsync(partner.Kind, code, request.Reason, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Hold all calls back");
        group.MapPost("/{partner}/{code}/resume", async (ManagePartner handler, PartnerCode partner, string code, PausePartnerRequest request, ClaimsPrincipal user) =>
            (await handler.ResumeAsync(partner.Kind, code, request.Reason, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Let held calls go");
        group.MapGet("/courier/{code}/states", async (CourierStates table, string code) => Results.Ok(await table.OfAsync(code))).WithSummary("A provider's states and what they are here");
        group.MapPut("/courier/{code}/states", async (ManagePartner handler, string code, Dictionary<string, ShipmentState> table, ClaimsPrincipal user) =>
            (await handler.SetStatesAsync(code, table, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Put another table in its place");
    }

    public async Task<Result<bool>> SetAsync(PartnerKind kind, string code, SetPartnerRequest request, Actor by)
    {
        if (request.BaseUrl is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            return new FieldInvalid("baseUrl", "须为 http 或 https 开头的完整地址");
        if (kind == PartnerKind.Mail && request.BaseUrl is not null)
            return new FieldInvalid("baseUrl", "邮件服务器的地址在主机设置 TongBan__Smtp 中");
        if (request.Secret is { Length: < ShortestSecret or > 200 })
            return new FieldInvalid("secret", $"密钥须为 {ShortestSecret} 至 200 个字符");
        if (request.BaseUrl is not null && request.Secret is null && (await partners.FindAsync(kind, code))?.Secret is null)
            return new FieldInvalid("secret", "设置地址时须同时设置密钥");
        if (request.CallsPerMinute is < 1 or > 60_000)
            return new FieldInvalid("callsPerMinute", "每分钟 1 至 60000 次");
        if (request.AtOnce is < 1 or > 64)
            return new FieldInvalid("atOnce", "同时 1 至 64 次");

        await partners.SetAsync(new PartnerSettings(kind, code, request.BaseUrl?.TrimEnd('/'), request.Secret, request.CallsPerMinute, request.AtOnce, null, null), by);
        await audit.AddAsync(by, "partner.set", SubjectOf(kind, code), $"地址 {request.BaseUrl ?? "按主机设置"}，每分钟 {request.CallsPerMinute?.ToString(provider: null) ?? "不限"}，{(request.Secret is null ? "密钥未变" : "换了密钥")}");
        return true;
    }

    public async Task<Result<bool>> PauseAsync(PartnerKind kind, string code, string? reason, Actor by)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写暂停理由，不超过 500 字");
        if (await partners.PauseAsync(kind, code, reason.Trim(), by))
            await audit.AddAsync(by, "partner.pause", SubjectOf(kind, code), "暂停呼叫", reason);
        return true;
    }

    public async Task<Result<bool>> ResumeAsync(PartnerKind kind, string code, string? reason, Actor by)
    {
        if (await partners.PauseAsync(kind, code, null, by))
            await audit.AddAsync(by, "partner.resume", SubjectOf(kind, code), "恢复呼叫", reason);
        return true;
    }

    public async Task<Result<bool>> SetStatesAsync(string code, IReadOnlyDictionary<string, ShipmentState> table, Actor by)
    {
        if (table.Count is 0 or > 200 || table.Keys.Any(theirs => theirs.Length is 0 or > 200))
            return new FieldInvalid("states", "状态对照表须有 1 至 200 行，每个名称不超过 200 字");
        if (table.Values.Contains(ShipmentState.Created))
            return new FieldInvalid("states", "待寄出是系统自己的状态，不能由物流报来");
        await states.SetAsync(code, table);
        await audit.AddAsync(by, "partner.states", SubjectOf(PartnerKind.Courier, code), string.Join("，", table.Select(each => $"{each.Key}→{Codes.Of(each.Value)}")));
        return true;
    }

    private static string SubjectOf(PartnerKind kind, string code) => $"partner/{Codes.Of(kind)}/{code}";
}
