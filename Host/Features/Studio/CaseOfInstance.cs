using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace TongBan.Host.Features.Studio;

/// <summary>Leads from an instance in Studio back to the case that it handles. An instance that handles none is no error.</summary>
internal static class CaseOfInstance
{
    public static void Map(IEndpointRouteBuilder studio) => studio.MapGet("/instances/{id}/case", FindAsync);

    /// <summary>The number of a case is the correlation id of all its instances, those of child workflows too.</summary>
    private static async Task<Ok<Answer>> FindAsync(string id, NpgsqlConnection connection, CancellationToken cancellation) =>
        TypedResults.Ok(new Answer(await connection.QuerySingleOrDefaultAsync<string?>(new(
            "select number from tongban.cases where number = (select correlation_id from elsa.instances where id = @id)", new { id }, cancellationToken: cancellation))));

    private sealed record Answer(string? Number);
}
