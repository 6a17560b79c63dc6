using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Custody;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;

namespace TongBan.Activities;

/// <summary>Sends the result by the unified courier, or holds it at the chosen hall for pick-up with a code; followed to the hand.</summary>
[Activity("TongBan", "通办", "结果经统一物流寄达，或在申请人选择的大厅凭取件码领取，跟踪到手。", DisplayName = "送达结果")]
[FlowNode("Delivered", "PickedUp", "Returned")]
public sealed class DispatchCourier : CaseActivity
{
    /// <summary>Which way: Chosen by the applicant, Courier or Pickup.</summary>
    [Input(DisplayName = "送达方式", Description = "按申请人选择，或指定快递、自取。", UIHint = InputUIHints.DropDown, UIHandler = typeof(MethodChoices), DefaultValue = "Chosen")]
    public Input<string> Method { get; set; } = new("Chosen");

    /// <summary>Working days for the courier's leg; 0 for no limit of the step.</summary>
    [Input(DisplayName = "环节时限", Description = "结果寄达的工作日数，超过即提醒物流人员；0 表示不单独计时。", DefaultValue = 3)]
    public Input<int> StepDays { get; set; } = new(3);

    internal override Task<string?> AdvanceAsync(CaseStep step) => IsByCourier(step) ? ByCourierAsync(step) : ByPickupAsync(step);

    /// <summary>The courier's leg has a limit of its own; how long a result waits on the shelf is the applicant's affair.</summary>
    internal override Task<StepLimit?> LimitAsync(CaseStep step) =>
        Task.FromResult(IsByCourier(step) ? new StepLimit("寄送结果", step.Context.Get(StepDays), StepLimit.Courier) : null);

    private bool IsByCourier(CaseStep step) => step.Context.Get(Method) switch
    {
        "Courier" => true,
        "Pickup" => false,
        _ => step.Case.Delivery.Kind == DeliveryKind.Courier,
    };

    private static async Task<string?> ByCourierAsync(CaseStep step)
    {
        var stand = await Parcel.FollowAsync(step, new ParcelPlan(
            ShipmentLeg.Result, TaskKind.Dispatch, await Parties.HallAsync(step, step.Case.Hall), Parties.Applicant(step), [await ResultNameAsync(step)],
            Holder.Window(step.Case.Hall), Holder.Applicant(step.Case.Number)));
        if (stand.IsHandedOver)
            await step.Desk.MoveAsync(step.Case, CaseState.Delivering, Actor.System, "结果交寄");
        if (stand.Shipment.State == ShipmentState.Signed)
        {
            await HandedAsync(step, $"快递签收（{stand.Shipment.Waybill}）", stand.Shipment.SignedBy ?? step.Case.Applicant.Name, Actor.System);
            return "Delivered";
        }

        return stand.IsGivenUp ? "Returned" : null;
    }

    private static async Task<string?> ByPickupAsync(CaseStep step)
    {
        var hall = step.Case.Delivery.Hall ?? step.Case.Hall;
        if (step.Case.State != CaseState.AwaitingPickup)
        {
            var code = await step.Desk.Cases.PickupCodeAsync(step.Case.Number);
            var name = (await Parties.HallAsync(step, hall)).Name;
            await step.Service<Custodian>().LayOutAsync(step.Case, hall, Actor.System);
            await step.Desk.MoveAsync(step.Case, CaseState.AwaitingPickup, Actor.System, $"结果在{name}待领取");
            await step.Service<Messenger>().TellAsync(step.Case, MessageTopic.Pickup, step.Id, ("code", code), ("hall", name));
        }

        if (await step.AtWindowAsync(TaskKind.HandOver, hall) is not { } task)
            return null;

        var by = task.CompletedBy ?? Actor.System;
        if (task.Outcome == "Refused")
        {
            await step.Desk.Timeline.AddAsync(step.Case.Number, by, "shipment", "申请人未领取", task.Data.Reason);
            return "Returned";
        }

        await step.Service<Custodian>().DeliverAsync(step.Case, by);
        await HandedAsync(step, "窗口领取", task.Data.Receiver ?? step.Case.Applicant.Name, by);
        return "PickedUp";
    }

    private static async Task HandedAsync(CaseStep step, string how, string receiver, Actor by)
    {
        // The case as it stands now: a parcel handed over and signed for in one look has moved already.
        var @case = await step.Desk.Cases.GetAsync(step.Case.Number);
        await step.Desk.MoveAsync(@case, CaseState.Delivered, by, $"{how}，{receiver}收");
        await step.Desk.Clocks.EndAsync(@case.Number, LimitKind.Delivery, Actor.System);
        var decision = await step.Desk.Decisions.FindAsync(@case.Number);
        await step.Desk.Notices.IssueAsync(@case.Number, await step.Desk.DivisionAsync(@case), NoticeKind.Delivery, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, (await step.Desk.AuthorityAsync(@case)).Name,
            [
                new("办件编号", @case.Number),
                new("送达文书", decision?.DocumentNumber ?? await ResultNameAsync(step)),
                new("送达方式", how),
                new("收件人", receiver),
                new("送达日期", $"{step.Desk.Time.Today():yyyy年M月d日}"),
            ], []), step.Id, by);
    }

    private static async Task<string> ResultNameAsync(CaseStep step) => (await step.Desk.ItemAsync(step.Case)).ResultName ?? "审批决定书";

    private sealed class MethodChoices() : Choices(("Chosen", "按申请人选择"), ("Courier", "快递"), ("Pickup", "自取"));
}
