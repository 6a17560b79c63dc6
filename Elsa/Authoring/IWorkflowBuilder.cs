using Elsa.Workflows.Activities;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>A workflow that is written in code.</summary>
public interface IWorkflow
{
    ValueTask BuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default);
}

/// <summary>Puts a workflow together in code.</summary>
public interface IWorkflowBuilder
{
    string? DefinitionId { get; set; }

    string? Id { get; set; }

    string? TenantId { get; set; }

    int Version { get; set; }

    string? Name { get; set; }

    string? Description { get; set; }

    bool IsReadonly { get; set; }

    bool IsSystem { get; set; }

    WorkflowOptions WorkflowOptions { get; }

    IActivity? Root { get; set; }

    ICollection<Variable> Variables { get; set; }

    ICollection<InputDefinition> Inputs { get; set; }

    ICollection<OutputDefinition> Outputs { get; set; }

    ICollection<string> Outcomes { get; set; }

    Variable? Result { get; set; }

    IWorkflowBuilder WithDefinitionId(string definitionId);

    IWorkflowBuilder WithId(string id);

    IWorkflowBuilder WithTenantId(string tenantId);

    Variable<T> WithVariable<T>(string name, T value);

    IWorkflowBuilder WithVariable<T>(Variable<T> variable);

    IWorkflowBuilder WithVariable(Variable variable);

    IWorkflowBuilder WithVariables(params Variable[] variables);

    InputDefinition WithInput<T>(string name, string? description = default);

    InputDefinition WithInput(string name, Type type, string? description = default);

    InputDefinition WithInput(string name, Type type, Action<InputDefinition>? setup = default);

    InputDefinition WithInput(Action<InputDefinition> setup);

    IWorkflowBuilder WithInput(InputDefinition inputDefinition);

    OutputDefinition WithOutput<T>(string name, string? description = default);

    OutputDefinition WithOutput(string name, Type type, string? description = default);

    OutputDefinition WithOutput(string name, Type type, Action<OutputDefinition>? setup = default);

    OutputDefinition WithOutput(Action<OutputDefinition> setup);

    OutputDefinition WithOutput(OutputDefinition outputDefinition);

    IWorkflowBuilder WithCustomProperty(string name, object value);

    IWorkflowBuilder WithActivationStrategyType<T>() where T : IWorkflowActivationStrategy;

    IWorkflowBuilder AsReadonly();

    IWorkflowBuilder AsSystemWorkflow();

    Task<Workflow> BuildWorkflowAsync(CancellationToken cancellationToken = default);

    Task<Workflow> BuildWorkflowAsync(IWorkflow workflowDefinition, CancellationToken cancellationToken = default);
}
