using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Execution;

/// <summary>
/// Stands around activities that are not the runtime's own. They may run SQL on the burst's connection; when a statement
/// fails, PostgreSQL refuses all further ones of the transaction until what came before is restored.
/// </summary>
internal interface IForeignGuard
{
    /// <summary>Begins the burst's transaction, if it has been put off.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Begins, and remembers where the transaction stands.</summary>
    Task EnterAsync(CancellationToken cancellationToken);

    /// <summary>Takes the transaction back to there.</summary>
    Task UndoAsync(CancellationToken cancellationToken);
}

internal static class ForeignCode
{
    public static bool IsForeign(Type type) => type.Assembly != typeof(ForeignCode).Assembly;

    /// <summary>Begins the burst's transaction before an object of the application's is used, which may run SQL in it too.</summary>
    public static Task BeginForAsync(this IServiceProvider services, object used, CancellationToken cancellationToken) =>
        IsForeign(used.GetType()) ? services.GetService<IForeignGuard>()?.BeginAsync(cancellationToken) ?? Task.CompletedTask : Task.CompletedTask;
}
