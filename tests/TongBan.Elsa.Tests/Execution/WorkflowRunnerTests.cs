using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Management.Activities.SetOutput;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;
using Elsa.Workflows.Runtime.Activities;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Execution;

public sealed class WorkflowRunnerTests : IDisposable
{
    private readonly StringWriter _lines = new() { NewLine = "\n" };
    private readonly ServiceProvider _services;

    public WorkflowRunnerTests()
    {
        var services = new ServiceCollection();
        services.AddElsaRuntime();
        services.AddSingleton<IStandardOutStreamProvider>(new StandardOutStreamProvider(_lines));
        _services = services.BuildServiceProvider();
    }

    private IWorkflowRunner Runner => _services.GetRequiredService<IWorkflowRunner>();

    private string[] Lines => _lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Workflow_ByItsClass_RunsAndYieldsItsValue()
    {
        var sum = await Runner.RunAsync<Sum, int>(new RunWorkflowOptions { Input = new Dictionary<string, object>(StringComparer.Ordinal) { ["A"] = 4 } });

        sum.ShouldBe(6);
        Lines.ShouldBe(["The sum is 6, the last value 6."]);
    }

    [Fact]
    public async Task State_OfAWaitingRun_IsWhereTheNextOneGoesOn()
    {
        var workflow = await _services.GetRequiredService<IWorkflowBuilderFactory>().CreateBuilder().BuildWorkflowAsync<Waiting>();
        var first = await Runner.RunAsync(workflow);
        var wait = first.WorkflowState.Bookmarks.Single();

        var second = await Runner.RunAsync(workflow, first.WorkflowState, new RunWorkflowOptions { BookmarkId = wait.Id });

        wait.ActivityId.ShouldBe("Event1");
        first.WorkflowState.SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
        second.WorkflowState.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        Lines.ShouldBe(["before", "kept"]);
        second.Journal.WorkflowExecutionLogEntries.Select(entry => $"{entry.ActivityId} {entry.EventName}").Any(entry => entry == "Event1 Resumed").ShouldBeTrue();
    }

    [Fact]
    public async Task Activities_WithoutIds_AreNumberedByType()
    {
        var named = new WriteLine("x") { Id = "WriteLine1" };

        var run = await Runner.RunAsync(new Sequence { Activities = { new WriteLine("a"), named, new WriteLine("b"), Inline.From(() => 1) } });

        run.Journal.ActivityExecutionContexts.Select(context => context.Activity.Id).ShouldBe(["Workflow1", "Sequence1", "WriteLine2", "WriteLine1", "WriteLine3", "Inline<Int32>1"], Case.Sensitive);
    }

    [Fact]
    public async Task Composite_OfCode_IsSetUpFromItsInputsAndYieldsAnOutput()
    {
        var greeting = new Variable<string>("greeting", "");

        await Runner.RunAsync(new Sequence
        {
            Variables = { greeting },
            Activities = { new Greeter { Whom = new("Ada"), Text = new(greeting) }, new WriteLine(context => greeting.Get(context)) },
        });

        Lines.ShouldBe(["Hello Ada"]);
    }

    [Fact]
    public void Variables_WithoutNames_AreNumberedByTheirContainer()
    {
        var sequence = new Sequence { Variables = { new Variable<int>(), new Variable<int>("known", 0), new Variable<int>() } };
        var workflow = Workflow.FromActivity(sequence);
        workflow.Variables.Add(new Variable<int>());
        workflow.Variables.Add(new Variable<int>());

        MemoryRun.Compile(workflow);

        sequence.Variables.Select(variable => variable.Name).ShouldBe(["Variable1", "known", "Variable2"]);
        workflow.Variables.Select(variable => variable.Name).ShouldBe(["Variable_0", "Variable_1"]);
    }

    [Fact]
    public async Task ResultVariable_ThatNobodyDeclares_IsTheWorkflows()
    {
        var result = new Variable("r");
        var workflow = Workflow.FromActivity(new Sequence { Activities = { new SetVariable { Variable = result, Value = new("seen") } } });
        workflow.ResultVariable = result;

        (await Runner.RunAsync(workflow)).Result.ShouldBe("seen");
    }

    public void Dispose() => _services.Dispose();

    private sealed class Sum : WorkflowBase<int>
    {
        protected override void Build(IWorkflowBuilder builder)
        {
            var two = builder.WithVariable(2);
            var sum = new Inline<int>(context => context.GetWorkflowInput<int>("A") + two.Get(context), Result);
            builder.Root = new Sequence
            {
                Activities = { sum, new WriteLine(context => $"The sum is {sum.GetResult<int>(context)}, the last value {context.GetLastResult<int>()}.") },
            };
        }
    }

    private sealed class Waiting : WorkflowBase
    {
        protected override void Build(IWorkflowBuilder builder)
        {
            var kept = builder.WithVariable("kept", "");
            builder.Root = new Sequence
            {
                Activities = { new WriteLine("before"), new SetVariable<string>(kept, "kept"), new Event(eventName: "go"), new WriteLine(context => kept.Get(context)) },
            };
        }
    }

    public sealed class Greeter : Composite
    {
        private readonly SetOutput _yield = new() { OutputName = new("Text") };

        public Greeter() => Root = new Sequence { Activities = { _yield } };

        public Input<string> Whom { get; set; } = null!;

        public Output<string> Text { get; set; } = null!;

        protected override void ConfigureActivities(ActivityExecutionContext context) => _yield.OutputValue = new($"Hello {context.Get(Whom)}");
    }
}
