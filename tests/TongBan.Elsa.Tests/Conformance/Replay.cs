using System.Text.Json;
using Dapper;
using Elsa.Expressions.Helpers;
using Elsa.Persistence;
using Elsa.Workflows.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace TongBan.Elsa.Tests.Conformance;

/// <summary>Carries out the steps of a recording on a runtime of this process. Time passes by the test's clock.</summary>
internal sealed class Replay
{
    private readonly TestRuntime _runtime;
    private readonly JsonElement _recording;
    private readonly List<string> _instances = [];
    private string? _lastTask;

    public Replay(TestRuntime runtime, JsonElement recording) => (_runtime, _recording) = (runtime, recording);

    public async Task RunAsync()
    {
        foreach (var definition in Definitions(_recording).Reverse())
            await PublishAsync(definition);
        foreach (var step in _recording.GetProperty("steps").EnumerateArray())
        {
            await StepAsync(step);
            _runtime.Time.Advance(TimeSpan.FromMilliseconds(1));
            await FindInstancesAsync();
        }
    }

    public async Task<RecordedEnd> EndAsync(int index)
    {
        if (index >= _instances.Count)
            return new();
        var text = await _runtime.InScopeAsync(services => InstanceReport.ReadAsync(services, _instances[index]));
        for (var i = 0; i < _instances.Count; i++)
            text = text.Replace(_instances[i], $"<instance{i + 1}>", StringComparison.Ordinal);
        return RecordedEnd.Of(JsonDocument.Parse(text).RootElement);
    }

    private static IEnumerable<JsonElement> Definitions(JsonElement recording) =>
        recording.TryGetProperty("otherDefinitions", out var others) ? others.EnumerateArray().Prepend(recording.GetProperty("definition")) : [recording.GetProperty("definition")];

    private Task PublishAsync(JsonElement definition) => _runtime.InScopeAsync(async services =>
    {
        var store = services.GetRequiredService<DefinitionStore>();
        return await store.PublishAsync(await store.SaveDraftAsync(definition, null, CancellationToken.None), CancellationToken.None);
    });

    private async Task StepAsync(JsonElement step)
    {
        switch (step.GetProperty("do").GetString())
        {
            case "start":
                var started = await _runtime.StartAsync(
                    Text(step, "definitionId") ?? _recording.GetProperty("definition").GetProperty("definitionId").GetString()!,
                    step.TryGetProperty("input", out var input) ? JsonValues.ReadMap(input) : null,
                    Text(step, "correlationId"));
                if (started.SubStatus != global::Elsa.Workflows.WorkflowSubStatus.Pending)
                    _instances.Add(started.WorkflowInstanceId);
                break;
            case "resumeEvent":
                var payload = step.TryGetProperty("payload", out var value) ? JsonValues.Read(value) : null;
                await _runtime.EventAsync(Text(step, "event")!, payload, step.TryGetProperty("instance", out var instance) ? _instances[instance.GetInt32()] : null, Text(step, "correlationId"));
                break;
            case "advance":
                await _runtime.AdvanceAsync(TimeSpan.FromSeconds(step.GetProperty("seconds").GetDouble()));
                break;
            case "cancel":
                await _runtime.InScopeAsync(async services =>
                {
                    await (await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(_instances[0])).CancelAsync();
                    return true;
                });
                break;
            case "completeTask":
                await CompleteTaskAsync(step);
                break;
            case "publish":
                await PublishAsync(step.GetProperty("definition"));
                break;
            case "setVariable":
                await _runtime.InScopeAsync(services => InstanceReport.SetVariableAsync(services, _instances[0], Text(step, "id")!, JsonValues.Read(step.GetProperty("value"))));
                break;
            case "retry":
                break; // Does nothing to a finished instance in the original; the runtime's own retry has its own tests.
            case var other:
                throw new NotSupportedException(other);
        }
    }

    private Task CompleteTaskAsync(JsonElement step) => _runtime.InScopeAsync(async services =>
    {
        var session = services.GetRequiredService<DatabaseSession>();
        _lastTask = await session.InTransactionAsync(ct => session.Connection.QueryFirstOrDefaultAsync<string>(new(
            "select payload ->> 'taskId' from elsa.bookmarks where instance_id = @id and name = 'Elsa.RunTask'", new { id = _instances[0] }, cancellationToken: ct)), CancellationToken.None) ?? _lastTask;
        await services.GetRequiredService<ITaskReporter>().ReportCompletionAsync(_lastTask!, step.TryGetProperty("result", out var result) ? JsonValues.Read(result) : null);
        return true;
    });

    private async Task FindInstancesAsync()
    {
        var definitions = Definitions(_recording).Select(definition => definition.GetProperty("definitionId").GetString()!).ToArray();
        var found = await _runtime.InScopeAsync(services =>
        {
            var session = services.GetRequiredService<DatabaseSession>();
            return session.InTransactionAsync(ct => session.Connection.QueryAsync<string>(new("select id from elsa.instances where definition_id = any(@definitions) order by array_position(@definitions, definition_id), created_at", new { definitions }, cancellationToken: ct)), CancellationToken.None);
        });
        _instances.AddRange(found.Where(id => !_instances.Contains(id)));
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
