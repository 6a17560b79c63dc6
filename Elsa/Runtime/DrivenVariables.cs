using Elsa.Expressions.Helpers;
using Elsa.Workflows;
using Elsa.Workflows.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Runtime;

/// <summary>
/// Variables whose values an application's own <see cref="IStorageDriver"/> keeps: read when an instance is loaded, written with each
/// burst, forgotten when their container ends. The variables of the workflow itself stay after its end, as in the original; and as
/// there a driver that is no longer registered is asked nothing, so that its instances can still be seen and cancelled.
/// </summary>
internal sealed class DrivenVariables(IServiceProvider services) : IBurstParticipant
{
    /// <summary>Whether the runtime keeps the value itself, or nobody does.</summary>
    public static bool IsOwn(Type? driver) => driver is null || driver == typeof(WorkflowInstanceStorageDriver) || driver == typeof(MemoryStorageDriver);

    public async Task ReadAsync(WorkflowExecutionContext workflow, CancellationToken ct)
    {
        foreach (var (context, variable, driver) in Of(Executions(workflow)))
        {
            if (await driver.ReadAsync(variable.Id, new(context, variable, ct)) is { } value)
                context.ExpressionExecutionContext.Memory.Declare(variable).Value = value.ConvertTo(variable.ValueType);
        }
    }

    /// <inheritdoc />
    public bool Concerns(WorkflowExecutionContext workflow) => workflow.HasDrivenVariables;

    /// <inheritdoc />
    public async Task OnBurstAsync(WorkflowExecutionContext workflow, CancellationToken cancellationToken)
    {
        foreach (var (context, variable, driver) in Of(Executions(workflow).Union(workflow.Touched)))
        {
            var hasEnded = context is { IsCompleted: true, ParentActivityExecutionContext: not null };
            var value = hasEnded || !context.ExpressionExecutionContext.Memory.TryGetBlock(variable.Id, out var block) ? null : block.Value;
            var whose = new StorageDriverContext(context, variable, cancellationToken);
            if (value is null)
                await driver.DeleteAsync(variable.Id, whose);
            else
                await driver.WriteAsync(variable.Id, value, whose);
        }
    }

    private static IEnumerable<ActivityExecutionContext> Executions(WorkflowExecutionContext workflow) =>
        workflow.RootContext is { } root ? workflow.ActivityExecutionContexts.Union([root]) : workflow.ActivityExecutionContexts;

    private List<(ActivityExecutionContext Context, Variable Variable, IStorageDriver Driver)> Of(IEnumerable<ActivityExecutionContext> contexts) =>
    [
        .. from context in contexts
           from variable in context.Variables
           let driver = IsOwn(variable.StorageDriverType) ? null : Drivers.Get(variable.StorageDriverType!)
           where driver is not null
           select (context, variable, driver),
    ];

    /// <summary>Made only when a variable asks: drivers may need what few scopes have.</summary>
    private IStorageDriverManager Drivers => services.GetRequiredService<IStorageDriverManager>();
}
