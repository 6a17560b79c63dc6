using Elsa.Email.Activities;
using Elsa.Http;
using Elsa.Scheduling.Activities;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Management.Activities.SetOutput;
using Elsa.Workflows.Runtime.Activities;

namespace Elsa.Definitions;

/// <summary>The activity types of the runtime itself.</summary>
internal static class BuiltInActivities
{
    public static readonly IReadOnlyList<Type> Types =
    [
        typeof(Workflow), typeof(Sequence), typeof(Flowchart), typeof(If), typeof(Switch), typeof(Fork), typeof(Elsa.Workflows.Activities.Parallel),
        typeof(For), typeof(ForEach), typeof(ParallelForEach), typeof(While), typeof(Break), typeof(Correlate), typeof(SetName),
        typeof(Start), typeof(End), typeof(Finish), typeof(Complete), typeof(Fault), typeof(NotFoundActivity), typeof(Inline),
        typeof(SetVariable), typeof(SetOutput), typeof(WriteLine),
        typeof(FlowDecision), typeof(FlowSwitch), typeof(FlowFork), typeof(FlowJoin), typeof(FlowNode),
        typeof(Event), typeof(PublishEvent), typeof(RunTask), typeof(ExecuteWorkflow), typeof(DispatchWorkflow), typeof(BulkDispatchWorkflows),
        typeof(Delay), typeof(Elsa.Scheduling.Activities.Timer), typeof(Cron), typeof(StartAt), typeof(Elsa.Expressions.JavaScript.Activities.RunJavaScript),
        typeof(HttpEndpoint), typeof(WriteHttpResponse), typeof(SendHttpRequest), typeof(FlowSendHttpRequest), typeof(SendEmail),
        typeof(WriteFileHttpResponse), typeof(DownloadHttpFile),
    ];
}
