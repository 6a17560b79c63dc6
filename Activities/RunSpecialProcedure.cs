using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>A special procedure that the workflow always runs: its time does not count, and the authority says when it is over.</summary>
[Activity("TongBan", "通办", "听证、检验、检测、检疫、鉴定、专家评审等特别程序，所需时间不计入时限。", DisplayName = "特别程序")]
[FlowNode("Done")]
public sealed class RunSpecialProcedure : CaseActivity
{
    /// <summary>Which procedure.</summary>
    [Input(DisplayName = "程序", Description = "《行政许可法》第四十五条所列程序。", UIHint = InputUIHints.DropDown, UIHandler = typeof(ProcedureChoices), DefaultValue = "听证")]
    public Input<string> Procedure { get; set; } = new("听证");

    internal override async Task<string?> AdvanceAsync(CaseStep step)
    {
        if (step.Case.State != CaseState.SpecialProcedure)
            await step.Service<SpecialProcedure>().BeginAsync(step.Case, step.Context.Get(Procedure) ?? "特别程序", Actor.System);

        if (await step.AtAuthorityAsync(TaskKind.EndSpecialProcedure) is not { } task)
            return null;

        await step.Service<SpecialProcedure>().EndAsync(await step.Desk.Cases.GetAsync(step.Case.Number), task.Data.Reason, task.CompletedBy ?? Actor.System);
        return "Done";
    }

    private sealed class ProcedureChoices() : Choices(
        ("听证", "听证"), ("招标", "招标"), ("拍卖", "拍卖"), ("检验", "检验"), ("检测", "检测"), ("检疫", "检疫"), ("鉴定", "鉴定"), ("专家评审", "专家评审"));
}
