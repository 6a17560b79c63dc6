using Microsoft.AspNetCore.Mvc;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.Places;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Catalogue;

/// <summary>The catalogue for clerks: items found by name, code or pinyin, one item with its materials, and the city's places.</summary>
internal static class SearchItems
{
    public static void MapCatalogue(this IEndpointRouteBuilder api)
    {
        api.MapGet("/items", async (
            CatalogueSearch search, string? q, string? scope, string? sector, int? mode, string? target, CancellationToken cancellation,
            [FromQuery] int page = 0, [FromQuery] int pageSize = 50) =>
        {
            if (mode is < 1 or > 3)
                return new FieldInvalid("mode", "办理模式为 1 至 3").ToProblem();
            if (scope is not null and not "comprehensive" and not "specialist")
                return new FieldInvalid("scope", "范围为 comprehensive 或 specialist").ToProblem();
            if (target is not null and not "person" and not "organisation")
                return new FieldInvalid("target", "服务对象为 person 或 organisation").ToProblem();
            var group = target is null ? (ItemTarget?)null : Enum.Parse<ItemTarget>(target, ignoreCase: true);
            var chosen = scope is null ? (ItemScope?)null : Enum.Parse<ItemScope>(scope, ignoreCase: true);
            return Results.Ok(await search.FindAsync(new ItemSearch(q, chosen, sector, (HandlingMode?)mode, group, PageNumber: page, PageSize: pageSize), cancellation));
        }).WithSummary("Search items by name, code, pinyin initials or full pinyin; typing errors are forgiven");

        api.MapGet("/items/{code}", async (CatalogueStore catalogue, string code, CancellationToken cancellation) =>
            await catalogue.FindAsync(code, cancellation) is { } item
                ? Results.Ok(ItemView.Of(item))
                : new NoSuchItem(code).ToProblem()).WithSummary("One item with its materials and limits");

        api.MapGet("/places", (PlaceStore places, CancellationToken cancellation) => places.AllAsync(cancellation))
            .WithSummary("Divisions, halls with their windows, and authorities");
    }

    /// <summary>No item at this address.</summary>
    private sealed record NoSuchItem(string Code) : Refusal(RefusalKind.NotFound, "item_unknown", $"没有编码为“{Code}”的事项", "code");
}
