namespace Elsa.Execution;

/// <summary>
/// Stands around activities that are not the runtime's own. They may run SQL on the burst's connection; when a statement
/// fails, PostgreSQL refuses all further ones of the transaction until what came before is restored.
/// </summary>
internal interface IForeignGuard
{
    /// <summary>Remembers where the transaction stands.</summary>
    Task EnterAsync(CancellationToken cancellationToken);

    /// <summary>Takes the transaction back to there.</summary>
    Task UndoAsync(CancellationToken cancellationToken);
}
