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
        typeof(Workflow), typeof(Sequence), typeof(Flowchart), typeof(If), typeof(Break),
        typeof(Start), typeof(End), typeof(Finish), typeof(Complete), typeof(Fault), typeof(NotFoundActivity), typeof(Inline),
        typeof(SetVariable), typeof(SetOutput), typeof(WriteLine),
        typeof(FlowDecision), typeof(FlowSwitch), typeof(FlowFork), typeof(FlowJoin),
        typeof(Event), typeof(RunTask), typeof(Elsa.Scheduling.Activities.Delay), typeof(Elsa.Expressions.JavaScript.Activities.RunJavaScript),
    ];
}
