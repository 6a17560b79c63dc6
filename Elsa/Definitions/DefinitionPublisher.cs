using System.Text.Json;
using Elsa.Persistence;
using Elsa.Workflows.Activities;

namespace Elsa.Definitions;

/// <summary>Looks at a definition before it is published. An application registers its own.</summary>
public interface IDefinitionValidator
{
    /// <summary>What is wrong, in words for the person who publishes; empty when nothing is.</summary>
    ValueTask<IReadOnlyList<string>> ValidateAsync(Workflow workflow, CancellationToken cancellationToken = default);
}

/// <summary>What came of publishing.</summary>
/// <param name="Row">The version.</param>
/// <param name="Errors">Why it was not published; empty when it was.</param>
/// <param name="WasPublished">Whether it was published before.</param>
/// <param name="Followers">Definitions that use it and were brought to the new version.</param>
internal sealed record PublishOutcome(DefinitionRow Row, IReadOnlyList<string> Errors, bool WasPublished = false, IReadOnlyList<DefinitionRow>? Followers = null);

/// <summary>Publishes versions that are sound.</summary>
internal sealed class DefinitionPublisher(
    DefinitionStore definitions, GraphCache graphs, DefinitionJson json, DefinitionCheck check, TriggerIndex triggers, DefinitionReferences references, IEnumerable<IDefinitionValidator> validators)
{
    /// <summary>Publishes a version unless something is wrong with it.</summary>
    /// <param name="row">The version.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="source">The model as it was posted: what leads nowhere is not kept in the version.</param>
    /// <param name="despiteValidators">Whether somebody answers for what the application's validators find.</param>
    /// <exception cref="JsonException">The version cannot be run; the message names the activity.</exception>
    public async Task<PublishOutcome> PublishAsync(DefinitionRow row, CancellationToken ct, JsonElement? source = null, bool despiteValidators = false)
    {
        if (row.IsPublished)
            return new(row, [], WasPublished: true);
        var graph = graphs.GetOrCompile(row);
        var workflow = graph.Workflow;
        var errors = new List<string>(Check(workflow));
        errors.AddRange(await triggers.ErrorsAsync(graph, ct));
        errors.AddRange(check.Errors(source is { } posted ? json.Read(posted) : workflow, row.DefinitionId, row.ActivityType));
        foreach (var validator in despiteValidators ? [] : validators)
            errors.AddRange(await validator.ValidateAsync(workflow, ct));
        if (errors.Count > 0)
            return new(row, errors);
        var published = await definitions.PublishAsync(row, ct);
        return new(published, [], Followers: await FollowAsync(published, ct));
    }

    /// <summary>Brings the definitions that use a published one to its version, if it wants that; those that were published are published again.</summary>
    public async Task<IReadOnlyList<DefinitionRow>> FollowAsync(DefinitionRow published, CancellationToken ct)
    {
        var followers = new List<DefinitionRow>();
        if (!published.IsPublished || !DefinitionReferences.IsFollowed(published))
            return followers;
        foreach (var (draft, wasPublished) in await references.SaveDraftsAsync(published, ct))
        {
            followers.Add(draft);
            if (wasPublished)
                followers.AddRange((await PublishAsync(draft, ct)).Followers ?? []);
        }

        return followers;
    }

    private static IEnumerable<string> Check(Workflow workflow)
    {
        var inputs = Repeated(workflow.Inputs.Select(input => input.Name));
        if (inputs.Length > 0)
            yield return $"The following inputs are defined more than once: {inputs}";
        var outputs = Repeated(workflow.Outputs.Select(output => output.Name));
        if (outputs.Length > 0)
            yield return $"The following outputs are defined more than once: {outputs}";
        var variables = Repeated(workflow.Variables.Select(variable => variable.Name));
        if (variables.Length > 0)
            yield return $"The following variables are defined more than once: {variables}";
    }

    private static string Repeated(IEnumerable<string> names) =>
        string.Join(", ", names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
}
