using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Signals;

namespace TongBan.Activities;

/// <summary>
/// A step of a case. It looks at the case, does what is due, and either leaves through an outcome or waits to be woken
/// and looks again. Everything it writes is keyed by the step's execution, so that looking again repeats nothing.
/// </summary>
public abstract class CaseActivity : Activity
{
    /// <summary>Registers the clean-up for a step that is cancelled while it waits.</summary>
    protected CaseActivity() => OnSignalReceived<CancelSignal>(OnCancelledAsync);

    /// <inheritdoc />
    protected sealed override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var step = await CaseStep.LoadAsync(context);
        await StepLimit.BeginAsync(step, await LimitAsync(step));
        await LookAsync(context);
    }

    /// <summary>Looks at the case and does what is due.</summary>
    /// <returns>The outcome through which the step leaves, or null while it waits.</returns>
    internal abstract Task<string?> AdvanceAsync(CaseStep step);

    /// <summary>The time that this step has for itself, asked when it begins; null for none.</summary>
    internal virtual Task<StepLimit?> LimitAsync(CaseStep step) => Task.FromResult<StepLimit?>(null);

    /// <summary>Looks at the case once; also what bookmarks of the step call.</summary>
    protected async ValueTask LookAsync(ActivityExecutionContext context)
    {
        var step = await CaseStep.LoadAsync(context);
        if (await AdvanceAsync(step) is { } outcome)
        {
            await step.Desk.Tasks.CancelStepAsync(step.Id);
            await StepLimit.EndAsync(step);
            await context.CompleteActivityWithOutcomesAsync(outcome);
            return;
        }

        context.ClearBookmarks();
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = CaseSignal.Name,
            Stimulus = new CaseSignal(step.Case.Number),
            Callback = LookAsync,
        });
        if (step.LookAgainAt is { } at)
            context.DelayUntil(at, LookAsync);
    }

    private static async ValueTask OnCancelledAsync(CancelSignal signal, SignalContext context)
    {
        var step = await CaseStep.LoadAsync(context.ReceiverActivityExecutionContext);
        await step.Desk.Tasks.CancelStepAsync(step.Id);
        await StepLimit.EndAsync(step);
    }
}
