using Elsa.Execution;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <inheritdoc />
internal sealed class WorkflowBuilder : IWorkflowBuilder
{
    public string? DefinitionId { get; set; }

    public string? Id { get; set; }

    public string? TenantId { get; set; }

    public int Version { get; set; } = 1;

    public string? Name { get; set; }

    public string? Description { get; set; }

    public bool IsReadonly { get; set; }

    public bool IsSystem { get; set; }

    public WorkflowOptions WorkflowOptions { get; } = new();

    public IActivity? Root { get; set; }

    public ICollection<Variable> Variables { get; set; } = [];

    public ICollection<InputDefinition> Inputs { get; set; } = [];

    public ICollection<OutputDefinition> Outputs { get; set; } = [];

    public ICollection<string> Outcomes { get; set; } = [];

    public Variable? Result { get; set; }

    public IDictionary<string, object> CustomProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public IWorkflowBuilder WithDefinitionId(string definitionId) => With(() => DefinitionId = definitionId);

    public IWorkflowBuilder WithId(string id) => With(() => Id = id);

    public IWorkflowBuilder WithTenantId(string tenantId) => With(() => TenantId = tenantId);

    public Variable<T> WithVariable<T>(string name, T value)
    {
        var variable = new Variable<T>(name, value) { StorageDriverType = typeof(WorkflowInstanceStorageDriver) };
        Variables.Add(variable);
        return variable;
    }

    public Variable<T> WithVariable<T>() => WithVariable<T>($"Variable_{Variables.Count}", default!);

    public Variable<T> WithVariable<T>(T value) => WithVariable($"Variable_{Variables.Count}", value);

    public IWorkflowBuilder WithVariable<T>(Variable<T> variable) => With(() => Variables.Add(variable));

    public IWorkflowBuilder WithVariable(Variable variable) => With(() => Variables.Add(variable));

    public IWorkflowBuilder WithVariables(params Variable[] variables) => With(() => Array.ForEach(variables, Variables.Add));

    public InputDefinition WithInput<T>(string name, string? description = default) => WithInput(name, typeof(T), description);

    public InputDefinition WithInput(string name, Type type, string? description = default) => WithInput(name, type, input => input.Description = description ?? "");

    public InputDefinition WithInput(string name, Type type, Action<InputDefinition>? setup = default) => WithInput(input =>
    {
        (input.Name, input.Type, input.DisplayName) = (name, type, name);
        setup?.Invoke(input);
    });

    public InputDefinition WithInput(Action<InputDefinition> setup)
    {
        var input = new InputDefinition { UIHint = "singleline" };
        setup(input);
        Inputs.Add(input);
        return input;
    }

    public IWorkflowBuilder WithInput(InputDefinition inputDefinition) => With(() => Inputs.Add(inputDefinition));

    public OutputDefinition WithOutput<T>(string name, string? description = default) => WithOutput(name, typeof(T), description);

    public OutputDefinition WithOutput(string name, Type type, string? description = default) => WithOutput(name, type, output => output.Description = description ?? "");

    public OutputDefinition WithOutput(string name, Type type, Action<OutputDefinition>? setup = default) => WithOutput(output =>
    {
        (output.Name, output.Type, output.DisplayName) = (name, type, name);
        setup?.Invoke(output);
    });

    public OutputDefinition WithOutput(Action<OutputDefinition> setup)
    {
        var output = new OutputDefinition();
        setup(output);
        return WithOutput(output);
    }

    public OutputDefinition WithOutput(OutputDefinition outputDefinition)
    {
        Outputs.Add(outputDefinition);
        return outputDefinition;
    }

    public IWorkflowBuilder WithCustomProperty(string name, object value) => With(() => CustomProperties[name] = value);

    public IWorkflowBuilder WithActivationStrategyType<T>() where T : IWorkflowActivationStrategy => With(() => WorkflowOptions.ActivationStrategyType = typeof(T));

    public IWorkflowBuilder AsReadonly() => With(() => IsReadonly = true);

    public IWorkflowBuilder AsSystemWorkflow() => With(() => IsSystem = true);

    public Task<Workflow> BuildWorkflowAsync(CancellationToken cancellationToken = default)
    {
        var definitionId = DefinitionId ?? Identity.New();
        var workflow = new Workflow(
            new WorkflowIdentity(definitionId, Version, Id ?? $"{definitionId}:{Version}", TenantId),
            WorkflowPublication.LatestAndPublished,
            new WorkflowMetadata(Name ?? definitionId, Description),
            WorkflowOptions,
            Root ?? new Sequence(null, null),
            Variables,
            Inputs,
            Outputs,
            Outcomes,
            CustomProperties,
            IsReadonly,
            IsSystem)
        {
            Id = "Workflow1",
            ResultVariable = Result,
        };
        return Task.FromResult(workflow);
    }

    public async Task<Workflow> BuildWorkflowAsync(IWorkflow workflowDefinition, CancellationToken cancellationToken = default)
    {
        DefinitionId ??= workflowDefinition.GetType().Name;
        Name ??= workflowDefinition.GetType().Name;
        await workflowDefinition.BuildAsync(this, cancellationToken);
        return await BuildWorkflowAsync(cancellationToken);
    }

    private WorkflowBuilder With(Action change)
    {
        change();
        return this;
    }
}

/// <inheritdoc />
internal sealed class WorkflowBuilderFactory : IWorkflowBuilderFactory
{
    public IWorkflowBuilder CreateBuilder() => new WorkflowBuilder();
}
