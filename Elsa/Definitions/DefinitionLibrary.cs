using System.Text.Json;
using Elsa.Common.Models;
using Elsa.Persistence;
using Elsa.Workflows.Activities;

namespace Elsa.Definitions;

/// <summary>A stored version of a definition.</summary>
/// <param name="Id">Of the version.</param>
/// <param name="DefinitionId">Shared by all versions.</param>
/// <param name="Version">The number of the version, from 1.</param>
/// <param name="Name">For people; null is none.</param>
/// <param name="IsLatest">Whether no version is newer.</param>
/// <param name="IsPublished">Whether new instances start on it.</param>
/// <param name="Model">What it does, in Elsa's JSON: all but its ids and its version.</param>
public sealed record StoredDefinition(string Id, string DefinitionId, int Version, string? Name, bool IsLatest, bool IsPublished, string Model);

/// <summary>The stored definitions, for an application that works on them itself.</summary>
public sealed class DefinitionLibrary
{
    private readonly DefinitionStore _definitions;
    private readonly DefinitionPublisher _publisher;
    private readonly GraphCache _graphs;

    internal DefinitionLibrary(DefinitionStore definitions, DefinitionPublisher publisher, GraphCache graphs) => (_definitions, _publisher, _graphs) = (definitions, publisher, graphs);

    /// <summary>A version of a definition; null when there is none.</summary>
    public async Task<StoredDefinition?> FindAsync(string definitionId, VersionOptions options, CancellationToken ct) =>
        await _definitions.FindAsync(definitionId, options, ct) is { } row ? Of(row) : null;

    /// <summary>A version by its own id; null when there is none.</summary>
    public async Task<StoredDefinition?> FindVersionAsync(string versionId, CancellationToken ct) => await _definitions.FindAsync(versionId, ct) is { } row ? Of(row) : null;

    /// <summary>A version as it runs. It is shared by all that ask: look, do not change.</summary>
    public async Task<Workflow> CompileAsync(StoredDefinition definition, CancellationToken ct)
    {
        var row = await _definitions.FindAsync(definition.Id, ct) ?? throw new InvalidOperationException($"There is no definition version '{definition.Id}'.");
        return (await _graphs.GetAsync(row.Id, row.Revision, ct)).Workflow;
    }

    /// <summary>Saves a model as the draft of the definition that it names.</summary>
    /// <exception cref="JsonException">The model is no definition.</exception>
    public async Task<StoredDefinition> SaveDraftAsync(string json, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(json);
        return Of(await _definitions.SaveDraftAsync(document.RootElement, null, ct));
    }

    /// <summary>Publishes a version.</summary>
    /// <param name="definition">The version.</param>
    /// <param name="despiteValidators">Whether somebody answers for what the application's validators find.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Why it was not published; empty when it was.</returns>
    public async Task<IReadOnlyList<string>> PublishAsync(StoredDefinition definition, bool despiteValidators, CancellationToken ct)
    {
        var row = await _definitions.FindAsync(definition.Id, ct) ?? throw new InvalidOperationException($"There is no definition version '{definition.Id}'.");
        return (await _publisher.PublishAsync(row, ct, despiteValidators: despiteValidators)).Errors;
    }

    private static StoredDefinition Of(DefinitionRow row) => new(row.Id, row.DefinitionId, row.Version, row.Name, row.IsLatest, row.IsPublished, row.Model);
}
