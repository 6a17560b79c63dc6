using Dapper;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Places;

namespace TongBan.Host.People.Access;

/// <summary>Which part a person has in a case, and the same as a condition over cases for lists.</summary>
internal sealed class CaseParts(NpgsqlConnection connection)
{
    /// <summary>
    /// Over <c>tongban.cases c</c>: those that the person may see, by the line <see cref="Act.ViewCase"/> of the table. Its
    /// parameters are those of <see cref="Parameters"/>.
    /// </summary>
    public const string MaySee =
        """
        (@mayReceive and c.hall = @ownHall or @mayHandOver and c.delivery_hall = @ownHall or @mayDecide and c.authority = @ownAuthority
            or @mayCarry and exists (select from tongban.shipments s where s.case_number = c.number)
            or @mayOversee and (@ownDivision::text is null or c.jurisdiction = @ownDivision
                or c.hall in (select code from tongban.halls where division = @ownDivision)
                or c.authority in (select code from tongban.authorities where division = @ownDivision)))
        """;

    /// <summary>The person's part in the case.</summary>
    public async Task<Part> OfAsync(Actor actor, Case @case)
    {
        var parts = Part.None;
        if (actor.Hall is { } hall && hall == @case.Hall)
            parts |= Part.Receiving;
        if (actor.Hall is { } own && own == @case.Delivery.Hall)
            parts |= Part.HandingOver;
        if (actor.Authority is { } authority && authority == @case.Authority)
            parts |= Part.Deciding;
        if (actor.Role == Role.Logistics && await HasParcelAsync(@case.Number))
            parts |= Part.Carrying;
        if (actor.Role is Role.Administrator or Role.Supervisor or Role.Auditor && await OverseesAsync(actor, @case))
            parts |= Part.Overseeing;
        return parts;
    }

    /// <summary>The parameters of <see cref="MaySee"/>.</summary>
    public static DynamicParameters Parameters(Actor actor)
    {
        var needed = AccessTable.Needed(Act.ViewCase, actor.Role);
        return new DynamicParameters(new
        {
            mayReceive = needed.HasFlag(Part.Receiving), mayHandOver = needed.HasFlag(Part.HandingOver), mayDecide = needed.HasFlag(Part.Deciding),
            mayCarry = needed.HasFlag(Part.Carrying), mayOversee = needed.HasFlag(Part.Overseeing),
            ownHall = actor.Hall, ownAuthority = actor.Authority, ownDivision = WholeCity(actor.Division) ? null : actor.Division,
        });
    }

    private static bool WholeCity(string? division) => division is null or PlaceStore.CityDivision;

    private Task<bool> HasParcelAsync(string number) =>
        connection.ExecuteScalarAsync<bool>("select exists (select from tongban.shipments where case_number = @number)", new { number });

    private async Task<bool> OverseesAsync(Actor actor, Case @case) =>
        WholeCity(actor.Division) || actor.Division == @case.Jurisdiction
        || await connection.ExecuteScalarAsync<bool>(
            """
            select exists (select from tongban.halls where code = @Hall and division = @Division)
                or exists (select from tongban.authorities where code = @Authority and division = @Division)
            """,
            new { @case.Hall, @case.Authority, actor.Division });
}
