using Elsa.Common;
using Elsa.Expressions.Models;
using Elsa.Scheduling.Activities;
using Elsa.Workflows;
using Elsa.Workflows.Runtime.Activities;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>Triggers that an application derives.</summary>
public sealed class TriggerBaseTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private const string Start = """
        { "definitionId": "ID", "name": "ID", "root": { "type": "Elsa.Sequence", "id": "s", "activities": [
          { "type": "TYPE", "id": "t-ID", "customProperties": { "canStartWorkflow": TRIGGER } } ] } }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EventBase_WhenItsEventComes_GetsThePayload(bool starts)
    {
        var seen = new Seen();
        await using var runtime = Runtime(seen);
        await runtime.PublishAsync(Definition(starts ? "case-starts" : "case-waits", typeof(CaseClosed), starts));
        if (!starts)
            await runtime.StartAsync("case-waits");

        await runtime.EventAsync(starts ? "t-case-starts" : "t-case-waits", 7);

        seen.Values.ShouldBe([7]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TimerBase_WhenItsTimeHasCome_GoesOn(bool starts)
    {
        var seen = new Seen();
        await using var runtime = Runtime(seen);
        await runtime.PublishAsync(Definition(starts ? "tick-starts" : "tick-waits", typeof(Tick), starts));
        if (!starts)
            await runtime.StartAsync("tick-waits");

        await runtime.AdvanceAsync(TimeSpan.FromMinutes(1.5));

        seen.Values.ShouldBe([(int)runtime.Time.GetUtcNow().TimeOfDay.TotalMinutes]);
    }

    private static string Definition(string id, Type type, bool starts) => Start.Replace("ID", id, StringComparison.Ordinal)
        .Replace("TYPE", global::Elsa.Workflows.Helpers.ActivityTypeNameHelper.GenerateTypeName(type), StringComparison.Ordinal)
        .Replace("TRIGGER", starts ? "true" : "false", StringComparison.Ordinal);

    private TestRuntime Runtime(Seen seen) =>
        new(database.Source, elsa => elsa.AddActivity<CaseClosed>().AddActivity<Tick>(), services => services.AddSingleton(seen));

    public sealed class Seen
    {
        public List<int> Values { get; } = [];
    }

    public sealed class CaseClosed : EventBase<int>
    {
        protected override string GetEventName(ExpressionExecutionContext context) => Id;

        protected override void OnEventReceived(ActivityExecutionContext context, int input) => context.GetRequiredService<Seen>().Values.Add(input);
    }

    public sealed class Tick : TimerBase
    {
        protected override TimeSpan GetInterval(ExpressionExecutionContext context) => TimeSpan.FromMinutes(1);

        protected override void OnTimerElapsed(ActivityExecutionContext context) =>
            context.GetRequiredService<Seen>().Values.Add((int)context.GetRequiredService<ISystemClock>().UtcNow.TimeOfDay.TotalMinutes);
    }
}
