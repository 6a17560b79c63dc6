using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Elsa.Persistence;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows;

namespace TongBan.Host.Features.Cases;

/// <summary>What a clerk sends to open a case.</summary>
internal sealed record OpenCaseRequest(string? ItemCode, OpenCaseApplicant? Applicant, string? Hall, int? Window, string? Jurisdiction, OpenCaseDelivery? Delivery);

/// <summary>The applicant, as typed or read from a card.</summary>
/// <param name="IdOverrideReason">Why a number with a wrong check digit is taken as it is.</param>
internal sealed record OpenCaseApplicant(ApplicantType? Type, string? Name, string? IdNumber, string? Phone, string? Email, string? IdOverrideReason);

/// <summary>How the applicant wants the result.</summary>
internal sealed record OpenCaseDelivery(DeliveryKind? Kind, string? Address, string? Hall);

/// <summary>The opened case.</summary>
/// <param name="Warnings">What the clerk should look at once more; nothing of it stopped the case.</param>
internal sealed record OpenedCase(string Number, string Secret, CaseState State, string StateName, IReadOnlyList<CaseWarning> Warnings);

/// <summary>Something to look at once more.</summary>
internal sealed record CaseWarning(string Field, string Message);

/// <summary>Opens a case and starts its workflow, in one transaction; the same key gives the same case.</summary>
internal sealed class OpenCase(DatabaseSession session, CaseDesk desk, CaseWorkflows workflows, HallHours hours)
{
    private const int LongestKey = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases", async (
            OpenCase handler, OpenCaseRequest request, ClaimsPrincipal user,
            [FromHeader(Name = "Idempotency-Key"), MaxLength(LongestKey)] string? idempotencyKey, CancellationToken cancellation) =>
            (await handler.HandleAsync(request, idempotencyKey, user.ToActor(), cancellation))
                .Answer(opened => Results.Created($"/api/cases/{opened.Number}", opened)))
            .RequireAuthorization(Policies.For(Act.OpenCase))
            .WithSummary("Open a case; needs an Idempotency-Key");

    public async Task<Result<OpenedCase>> HandleAsync(OpenCaseRequest request, string? key, Actor clerk, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > LongestKey)
            return new FieldInvalid("Idempotency-Key", "请在请求头 Idempotency-Key 中给出不超过 200 字符的唯一标识");
        if (await desk.Cases.FindByKeyAsync(clerk.UserName, key) is { } known)
            return await AnswerAsync(known);
        if ((await CheckAsync(request, clerk, cancellation)).IsRefused(out var refusal, out var application))
            return refusal;

        try
        {
            return await AnswerAsync(await session.InTransactionAsync(ct => OpenAsync(application, key, clerk, ct), cancellation));
        }
        catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "cases_opened_by_idempotency_key_key" })
        {
            // The same key came twice at the same moment; the other one was first.
            return await AnswerAsync((await desk.Cases.FindByKeyAsync(clerk.UserName, key))!);
        }
    }

    private async Task<Case> OpenAsync(CaseApplication application, string key, Actor clerk, CancellationToken cancellation)
    {
        var number = await desk.Numbers.NextCaseAsync(application.Hall.Division, desk.Time.Today());
        var item = application.Item;
        var opened = new Case(
            number, CaseNumbers.NewSecret(), item.Code, item.Name, (int)item.Mode, application.Hall.Code, application.Window,
            application.Jurisdiction.Code, application.Authority.Code, ByDesk: false, CaseState.Draft, application.Applicant, application.Delivery,
            PickupCode: null, WithdrawReason: null, WithdrawnAt: null, CaseWorkflows.DefinitionOf(item), InstanceId: null, desk.Time.GetUtcNow(), ClosedAt: null);
        await desk.Cases.AddAsync(opened, key, clerk);
        if (Doubt(opened.Applicant) is { } doubt)
            await desk.Timeline.AddAsync(number, clerk, "warning", doubt, opened.Applicant.IdOverrideReason ?? "窗口照证件录入");
        if (await hours.DoubtAsync(application.Hall, item, opened.OpenedAt, cancellation) is { } outside)
            await desk.Timeline.AddAsync(number, clerk, "warning", outside);
        await desk.Cases.AttachInstanceAsync(number, await workflows.StartAsync(opened, cancellation));
        return opened;
    }

    private async Task<Result<CaseApplication>> CheckAsync(OpenCaseRequest request, Actor clerk, CancellationToken cancellation)
    {
        if ((request.Applicant ?? new(null, null, null, null, null, null)).Check().IsRefused(out var refusal, out var applicant))
            return refusal;
        if (await desk.Catalogue.FindAsync(request.ItemCode ?? "", cancellation) is not { Active: true } item)
            return new ItemUnknown(request.ItemCode ?? "");
        if (await desk.Places.FindHallAsync(request.Hall ?? "", cancellation) is not { } hall)
            return new HallUnknown(request.Hall ?? "");
        if (clerk.Hall != hall.Code)
            return new NotYourHall(hall.Name);
        if (hall.Windows.All(w => w.Number != request.Window))
            return new WindowUnknown(hall.Code, request.Window ?? 0);
        if (await desk.Places.FindDivisionAsync(request.Jurisdiction ?? "", cancellation) is not { } jurisdiction)
            return new DivisionUnknown(request.Jurisdiction ?? "");

        var decides = item.Mode == HandlingMode.AcceptDecideHere ? hall.Division : jurisdiction.Code;
        if ((await desk.Places.AuthorityForAsync(item.Sector, decides, cancellation)).IsRefused(out refusal, out var authority))
            return refusal;
        if ((await CheckDeliveryAsync(request.Delivery, item, cancellation)).IsRefused(out refusal, out var delivery))
            return refusal;
        return new CaseApplication(item, applicant, hall, request.Window!.Value, jurisdiction, authority, delivery);
    }

    private async Task<Result<Delivery>> CheckDeliveryAsync(OpenCaseDelivery? delivery, ServiceItem item, CancellationToken cancellation)
    {
        switch (delivery?.Kind)
        {
            case DeliveryKind.Courier when !item.CourierAllowed:
                return new FieldInvalid("delivery.kind", "此事项的结果不能快递送达，请选择大厅自取");
            case DeliveryKind.Courier when string.IsNullOrWhiteSpace(delivery.Address):
                return new FieldInvalid("delivery.address", "请填写收件地址");
            case DeliveryKind.Courier when delivery.Address.Any(char.IsControl):
                return new FieldInvalid("delivery.address", "收件地址含有不能显示的控制字符，请删去");
            case DeliveryKind.Courier when delivery.Address.Length > 300:
                return new FieldInvalid("delivery.address", "收件地址不超过 300 字");
            case DeliveryKind.Courier:
                return new Delivery(DeliveryKind.Courier, delivery.Address.Trim());
            case DeliveryKind.Pickup when delivery.Hall is { } code && await desk.Places.FindHallAsync(code, cancellation) is null:
                return new HallUnknown(code, "delivery.hall");
            case DeliveryKind.Pickup:
                return new Delivery(DeliveryKind.Pickup, Hall: delivery.Hall);
            default:
                return new FieldInvalid("delivery.kind", "请选择送达方式：courier 快递，或 pickup 自取");
        }
    }

    private async Task<OpenedCase> AnswerAsync(Case opened)
    {
        var warnings = new List<CaseWarning>();
        if (Doubt(opened.Applicant) is { } number)
            warnings.Add(new("applicant.idNumber", number));
        if (ApplicantRules.Doubt(await desk.ItemAsync(opened), opened.Applicant.Type) is { } target)
            warnings.Add(new("applicant.type", target));
        if (await desk.Places.FindHallAsync(opened.Hall) is { } hall && await hours.DoubtAsync(hall, await desk.ItemAsync(opened), opened.OpenedAt) is { } outside)
            warnings.Add(new("hall", outside));
        if (await desk.Cases.SameItemSinceAsync(opened.ItemCode, opened.Applicant.IdNumber, CityTime.StartOf(CityTime.DateOf(opened.OpenedAt)), opened.Number) is [var other, ..])
            warnings.Add(new("itemCode", $"该申请人今天已办过同一事项（{other}），请核对是否重复"));
        return new OpenedCase(opened.Number, opened.Secret, opened.State, opened.StateName, warnings);
    }

    private string? Doubt(Applicant applicant) => applicant.Type == ApplicantType.Person
        ? IdentityNumber.Warning(applicant.IdNumber, desk.Time.Today())
        : CreditCode.Warning(applicant.IdNumber);
}
