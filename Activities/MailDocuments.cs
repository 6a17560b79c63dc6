using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Couriers;
using TongBan.Domain.Custody;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>Sends the materials to the authority: paper by the unified courier, scans by mail; followed until they are signed for.</summary>
[Activity("TongBan", "通办", "纸质材料经统一物流寄给审批部门，扫描件可用电子邮件加密发送，跟踪到签收。", DisplayName = "寄送材料")]
[FlowNode("Delivered", "Returned", "Lost")]
public sealed class MailDocuments : CaseActivity
{
    /// <summary>Which way: Courier or Email.</summary>
    [Input(DisplayName = "方式", Description = "统一物流寄送纸质材料，或以电子邮件发送扫描件。", UIHint = InputUIHints.DropDown, UIHandler = typeof(ChannelChoices), DefaultValue = "Courier")]
    public Input<string> Channel { get; set; } = new("Courier");

    /// <summary>The authority's mail address, when the scans go by mail.</summary>
    [Input(DisplayName = "收件邮箱", Description = "方式为电子邮件时，审批部门接收扫描件的邮箱。")]
    public Input<string?> Address { get; set; } = new(default(string));

    /// <summary>The phone that the archive's password goes to, when the scans go by mail.</summary>
    [Input(DisplayName = "密码接收手机", Description = "方式为电子邮件时，扫描件加密压缩，密码以短信发到审批部门的这个手机号码。")]
    public Input<string?> Phone { get; set; } = new(default(string));

    /// <summary>Working days for the courier's leg; 0 for no limit of the step.</summary>
    [Input(DisplayName = "环节时限", Description = "材料寄达的工作日数，超过即提醒物流人员；0 表示不单独计时。", DefaultValue = 3)]
    public Input<int> StepDays { get; set; } = new(3);

    internal override Task<StepLimit?> LimitAsync(CaseStep step) => Task.FromResult<StepLimit?>(new("寄送材料", step.Context.Get(StepDays), StepLimit.Courier));

    internal override async Task<string?> AdvanceAsync(CaseStep step) =>
        step.Context.Get(Channel) == "Email" ? await ByMailAsync(step) : await ByCourierAsync(step);

    private async Task<string?> ByMailAsync(CaseStep step)
    {
        var (address, phone) = (step.Context.Get(Address), step.Context.Get(Phone));
        if (string.IsNullOrWhiteSpace(address) || string.IsNullOrWhiteSpace(phone))
            throw new InvalidOperationException("“寄送材料”的方式为电子邮件时，须填写收件邮箱和密码接收手机。");

        return await step.Service<MaterialsMail>().FollowAsync(step.Case, address.Trim(), phone.Trim(), step.Id) switch
        {
            PartnerCallState.Done or PartnerCallState.Skipped => "Delivered",
            PartnerCallState.Cancelled => "Returned",
            _ => null,
        };
    }

    private static async Task<string?> ByCourierAsync(CaseStep step)
    {
        var authority = await step.Desk.AuthorityAsync(step.Case);
        var item = await step.Desk.ItemAsync(step.Case);
        var originals = item.Materials.Where(m => m is { Required: true, Form: MaterialForm.Original }).ToList();
        await step.Service<Custodian>().ReceiveAsync(step.Case, originals, Actor.System);
        var stand = await Parcel.FollowAsync(step, new ParcelPlan(
            ShipmentLeg.Materials, TaskKind.PostMaterials, await Parties.HallAsync(step, step.Case.Hall), new Party(authority.Name, "", authority.Name),
            [.. originals.Select(m => m.Name)], Holder.Window(step.Case.Hall), Holder.Authority(authority.Code)));
        if (stand.Shipment.State == ShipmentState.Signed)
            return "Delivered";
        if (!stand.IsGivenUp)
            return null;
        if (stand.Shipment.State != ShipmentState.Lost)
            return "Returned";
        await step.Service<SupplementRound>().AskAsync(step.Case, [.. originals.Select(m => m.Code)], "寄送途中遗失，请重新提交原件", Actor.System);
        return "Lost";
    }

    private sealed class ChannelChoices() : Choices(("Courier", "统一物流"), ("Email", "电子邮件"));
}
