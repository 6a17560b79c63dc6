using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Elsa.Common.Models;
using Elsa.Persistence;

namespace Elsa.Definitions;

/// <summary>What an import did.</summary>
public enum ImportOutcome
{
    /// <summary>The definition was new.</summary>
    Created,

    /// <summary>The file had changed and became a new published version.</summary>
    Updated,

    /// <summary>This file was imported before.</summary>
    Unchanged,

    /// <summary>A person has saved the definition since; it was left alone.</summary>
    KeptEdits,
}

/// <summary>Brings the definitions that ship with the product into the database at start.</summary>
public sealed class DefinitionImport
{
    private readonly DatabaseSession _session;
    private readonly DefinitionStore _definitions;

    internal DefinitionImport(DatabaseSession session, DefinitionStore definitions) => (_session, _definitions) = (session, definitions);

    /// <summary>Imports and publishes one definition. It can be repeated, and by several hosts at once.</summary>
    /// <param name="json">A definition in Elsa's JSON with a <c>definitionId</c>.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="JsonException">The JSON is no definition.</exception>
    public Task<ImportOutcome> ImportAsync(string json, CancellationToken ct) => _session.InTransactionAsync(async token =>
    {
        var model = DefinitionText.Parse(json);
        if (ActivityReader.Text(model, "definitionId") is not { Length: > 0 } definitionId)
            throw new JsonException("An imported definition needs a definitionId.");
        await _definitions.LockAsync(definitionId, token);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        var latest = await _definitions.FindAsync(definitionId, VersionOptions.Latest, token);
        if (latest is { SourceHash: null })
            return ImportOutcome.KeptEdits;
        if (latest?.SourceHash == hash)
            return ImportOutcome.Unchanged;
        await _definitions.PublishAsync(await _definitions.SaveDraftAsync(model, hash, token), token);
        return latest is null ? ImportOutcome.Created : ImportOutcome.Updated;
    }, ct);
}
