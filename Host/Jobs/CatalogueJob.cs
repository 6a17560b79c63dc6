using Elsa.Persistence;
using Hangfire;
using TongBan.Domain.Catalogue.Versions;
using TongBan.Host.Features.Cases;

namespace TongBan.Host.Jobs;

/// <summary>Brings into force what was planned for items, and forgets uploads that nobody completed. Running it again changes nothing.</summary>
internal sealed class CatalogueJob(DatabaseSession session, ItemVersions versions, ResumableUpload uploads)
{
    [AutomaticRetry(Attempts = 3)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Checkpoint 1: a crash here leaves planned versions as they were; the next hour finds them.
        await session.InTransactionAsync(versions.BringIntoForceAsync, cancellationToken);
        await uploads.ForgetAsync();
    }
}
