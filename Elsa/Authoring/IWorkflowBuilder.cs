using Elsa.Workflows.Activities;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>A workflow that is written in code.</summary>
public interface IWorkflow
{
    /// <summary>Says on <paramref name="builder"/> what the workflow is. Called by <see cref="IWorkflowBuilder.BuildWorkflowAsync(IWorkflow,CancellationToken)"/>.</summary>
    ValueTask BuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default);
}

/// <summary>Puts a workflow together in code.</summary>
public interface IWorkflowBuilder
{
    /// <summary>Shared by all versions; null takes the name of the workflow's class.</summary>
    string? DefinitionId { get; set; }

    /// <summary>The id of the version; null makes one of definition and number.</summary>
    string? Id { get; set; }

    /// <summary>Of the original; kept, and nothing here depends on it.</summary>
    string? TenantId { get; set; }

    /// <summary>The number of the version, from 1.</summary>
    int Version { get; set; }

    /// <summary>For people; null is the definition's id.</summary>
    string? Name { get; set; }

    /// <summary>For people, in lists.</summary>
    string? Description { get; set; }

    /// <summary>Whether the designer shows it without letting anybody change it.</summary>
    bool IsReadonly { get; set; }

    /// <summary>Whether lists hide it from people.</summary>
    bool IsSystem { get; set; }

    /// <summary>How instances start and what an incident does.</summary>
    WorkflowOptions WorkflowOptions { get; }

    /// <summary>What the workflow runs; null is an empty sequence.</summary>
    IActivity? Root { get; set; }

    /// <summary>Declared for the whole workflow.</summary>
    ICollection<Variable> Variables { get; set; }

    /// <summary>What a start may be given.</summary>
    ICollection<InputDefinition> Inputs { get; set; }

    /// <summary>What an instance may yield.</summary>
    ICollection<OutputDefinition> Outputs { get; set; }

    /// <summary>The ports by which the workflow is left where it is used as an activity.</summary>
    ICollection<string> Outcomes { get; set; }

    /// <summary>The variable that holds the value of a workflow that yields one.</summary>
    Variable? Result { get; set; }

    /// <summary>Kept with the definition, for tools.</summary>
    IDictionary<string, object> CustomProperties { get; }

    /// <summary>Sets <see cref="DefinitionId"/>.</summary>
    IWorkflowBuilder WithDefinitionId(string definitionId);

    /// <summary>Sets <see cref="Id"/>.</summary>
    IWorkflowBuilder WithId(string id);

    /// <summary>Sets <see cref="TenantId"/>.</summary>
    IWorkflowBuilder WithTenantId(string tenantId);

    /// <summary>Declares a variable that is kept with the instance, and returns it for use in inputs and outputs.</summary>
    Variable<T> WithVariable<T>(string name, T value);

    /// <summary>Declares a variable that is kept with the instance and is named by its place.</summary>
    Variable<T> WithVariable<T>();

    /// <summary>Declares a variable that is kept with the instance, has a value and is named by its place.</summary>
    Variable<T> WithVariable<T>(T value);

    /// <summary>Declares a variable that keeps the storage it names.</summary>
    IWorkflowBuilder WithVariable<T>(Variable<T> variable);

    /// <summary>Declares a variable that keeps the storage it names.</summary>
    IWorkflowBuilder WithVariable(Variable variable);

    /// <summary>Declares several variables.</summary>
    IWorkflowBuilder WithVariables(params Variable[] variables);

    /// <summary>Declares an input of the type <typeparamref name="T"/>.</summary>
    InputDefinition WithInput<T>(string name, string? description = default);

    /// <summary>Declares an input.</summary>
    InputDefinition WithInput(string name, Type type, string? description = default);

    /// <summary>Declares an input and lets <paramref name="setup"/> say more of it.</summary>
    InputDefinition WithInput(string name, Type type, Action<InputDefinition>? setup = default);

    /// <summary>Declares an input that <paramref name="setup"/> describes, name and type included.</summary>
    InputDefinition WithInput(Action<InputDefinition> setup);

    /// <summary>Declares an input that is described already.</summary>
    IWorkflowBuilder WithInput(InputDefinition inputDefinition);

    /// <summary>Declares an output of the type <typeparamref name="T"/>.</summary>
    OutputDefinition WithOutput<T>(string name, string? description = default);

    /// <summary>Declares an output.</summary>
    OutputDefinition WithOutput(string name, Type type, string? description = default);

    /// <summary>Declares an output and lets <paramref name="setup"/> say more of it.</summary>
    OutputDefinition WithOutput(string name, Type type, Action<OutputDefinition>? setup = default);

    /// <summary>Declares an output that <paramref name="setup"/> describes, name and type included.</summary>
    OutputDefinition WithOutput(Action<OutputDefinition> setup);

    /// <summary>Declares an output that is described already, and returns it.</summary>
    OutputDefinition WithOutput(OutputDefinition outputDefinition);

    /// <summary>Keeps a value with the definition, for tools; must be writable as JSON.</summary>
    IWorkflowBuilder WithCustomProperty(string name, object value);

    /// <summary>Lets <typeparamref name="T"/> decide whether another instance may start.</summary>
    IWorkflowBuilder WithActivationStrategyType<T>() where T : IWorkflowActivationStrategy;

    /// <summary>Sets <see cref="IsReadonly"/>.</summary>
    IWorkflowBuilder AsReadonly();

    /// <summary>Sets <see cref="IsSystem"/>.</summary>
    IWorkflowBuilder AsSystemWorkflow();

    /// <summary>The workflow as described so far, published and latest.</summary>
    Task<Workflow> BuildWorkflowAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets a workflow class describe itself on this builder, and returns the outcome.</summary>
    Task<Workflow> BuildWorkflowAsync(IWorkflow workflowDefinition, CancellationToken cancellationToken = default);
}

/// <summary>Makes builders.</summary>
public interface IWorkflowBuilderFactory
{
    /// <summary>An empty builder, for one workflow.</summary>
    IWorkflowBuilder CreateBuilder();
}
