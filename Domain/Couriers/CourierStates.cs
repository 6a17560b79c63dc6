using Dapper;
using Npgsql;

namespace TongBan.Domain.Couriers;

/// <summary>How each provider names the states of a parcel, and what that is here.</summary>
public sealed class CourierStates(NpgsqlConnection connection)
{
    /// <summary>The provider's table, by its own names; empty for a provider that has none.</summary>
    public async Task<IReadOnlyDictionary<string, ShipmentState>> OfAsync(string provider) =>
        (await connection.QueryAsync<Row>("select theirs, ours from tongban.courier_states where provider = @provider order by theirs", new { provider }))
        .ToDictionary(row => row.Theirs, row => row.Ours, StringComparer.Ordinal);

    /// <summary>Puts another table in the place of the provider's.</summary>
    public async Task SetAsync(string provider, IReadOnlyDictionary<string, ShipmentState> states) =>
        await connection.ExecuteAsync(
            """
            with gone as (delete from tongban.courier_states where provider = @provider and theirs <> all(@theirs))
            insert into tongban.courier_states (provider, theirs, ours)
            select @provider, each.theirs, each.ours from unnest(@theirs, @ours) as each (theirs, ours)
            on conflict (provider, theirs) do update set ours = excluded.ours
            """,
            new { provider, theirs = states.Keys.ToArray(), ours = states.Values.Select(state => Codes.Of(state)).ToArray() });

    private sealed record Row
    {
        public required string Theirs { get; init; }

        public ShipmentState Ours { get; init; }
    }
}
