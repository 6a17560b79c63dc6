using Dapper;
using Elsa.Runtime;
using Elsa.Workflows;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Elsa.Api;

/// <summary>What the viewer listens to.</summary>
public interface IInstanceClient
{
    /// <summary>The badges have changed.</summary>
    Task ActivityExecutionLogUpdatedAsync(object message);

    /// <summary>The journal has grown.</summary>
    Task WorkflowExecutionLogUpdatedAsync(object message);

    /// <summary>The instance stands elsewhere.</summary>
    Task WorkflowInstanceUpdatedAsync(object message);
}

/// <summary>Tells viewers of an instance when it has changed.</summary>
/// <param name="database">Asked whether an instance exists.</param>
public sealed class InstanceHub(NpgsqlDataSource database) : Hub<IInstanceClient>
{
    /// <summary>Listens to an instance from now on.</summary>
    /// <exception cref="HubException">The caller may not read instances, or there is no such instance.</exception>
    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (Context.User?.FindAll("permissions").Any(claim => claim.Value is "*" or "read:workflow-instances") != true || !await ExistsAsync(instanceId))
            throw new HubException("Access denied.");
        await Groups.AddToGroupAsync(Context.ConnectionId, instanceId, Context.ConnectionAborted);
    }

    private async Task<bool> ExistsAsync(string instanceId)
    {
        await using var connection = await database.OpenConnectionAsync(Context.ConnectionAborted);
        return await connection.ExecuteScalarAsync<bool>(new("select exists (select 1 from elsa.instances where id = @instanceId)", new { instanceId }, cancellationToken: Context.ConnectionAborted));
    }
}

/// <summary>Sends what a burst changed to the viewers, after its commit.</summary>
internal sealed class HubObserver(IHubContext<InstanceHub, IInstanceClient> hub, NpgsqlDataSource database) : IInstanceObserver
{
    public async Task OnChangedAsync(WorkflowExecutionContext workflow, CancellationToken cancellationToken)
    {
        var viewers = hub.Clients.Group(workflow.Id);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var nodes = workflow.Touched.Select(context => context.NodeId).Distinct(StringComparer.Ordinal).ToArray();
        if (nodes.Length > 0)
            await viewers.ActivityExecutionLogUpdatedAsync(new { stats = await ExecutionStats.OfAsync(connection, workflow.Id, nodes, cancellationToken) });
        await viewers.WorkflowExecutionLogUpdatedAsync(new { });
        await viewers.WorkflowInstanceUpdatedAsync(new { workflowInstanceId = workflow.Id });
    }
}
