using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Runtime;
using TongBan.Activities;
using TongBan.Domain.Audit;
using TongBan.Workflows;
using TongBan.Workflows.Modes;

namespace TongBan.Host.Workflows;

/// <summary>The workflow runtime with our activities, and the modes that ship with the product.</summary>
internal static class WorkflowServices
{
    public static void AddWorkflows(this IServiceCollection services)
    {
        services.AddElsaRuntime(elsa => elsa.AddActivitiesFrom<CaseActivity>());
        services.AddOptions<WorkflowOptions>().BindConfiguration("TongBan:Workflows").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<RetentionJob>();
        services.AddElsaApi();
        services.AddScoped<CaseWorkflows>();
        services.AddScoped<CaseTransaction>();
        services.AddScoped<ILastWrites, WritesWithCommit>();
        services.AddScoped<IBurstParticipant, StepIncidents>();
        services.AddSingleton<IDefinitionValidator, WorkflowGate>();
    }

    /// <summary>Publishes the modes; those that an administrator has edited stay as they are.</summary>
    public static async Task ImportModesAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<DefinitionImport>();
        foreach (var (_, json) in ModeFiles.All())
            await import.ImportAsync(json, CancellationToken.None);
    }
}
