using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Catalogue;
using TongBan.Host.Jobs;
using Xunit;

namespace TongBan.Host.Tests.Catalogue;

/// <summary>The hourly job that makes a planned version of an item the current one.</summary>
public sealed class CatalogueJobTests(MovingHostFixture fixture) : IClassFixture<MovingHostFixture>
{
    private static readonly Actor Admin = new("admin", "样例管理员", Role.Administrator);

    [Fact]
    public async Task Job_OnAndAfterTheFirstDay_MakesThePlannedVersionCurrentOnce()
    {
        var today = fixture.Time.Today();
        var before = (await RunAsync((CatalogueStore store) => store.FindAsync("MZ-001")))!;
        var draft = ItemDraft.Of(before);
        draft.Fee = "12元（样例）";
        (await RunAsync((EditItem edit) => edit.HandleAsync(new ItemEdit(draft, IsNew: false, today.AddDays(2), "试行新收费标准"), Admin, CancellationToken.None))).Refusal.ShouldBeNull();

        await RunJobAsync();
        (await FeeAsync(before.Code)).ShouldBe(before.Fee);
        fixture.Time.MoveTo(today.AddDays(2));
        await RunJobAsync();
        await RunJobAsync();

        (await FeeAsync(before.Code)).ShouldBe("12元（样例）");
        var versions = await RunAsync((Domain.Catalogue.Versions.ItemVersions store) => store.ListAsync(before.Code));
        versions.Count(version => version is { IsPlanned: false, ReplacedAt: null }).ShouldBe(1);
        versions[0].ReplacedAt.ShouldBeNull();
        versions[^1].ReplacedAt.ShouldNotBeNull();
    }

    private Task<bool> RunJobAsync() => RunAsync(async (CatalogueJob job) =>
    {
        await job.RunAsync(CancellationToken.None);
        return true;
    });

    /// <summary>As clerks see it, who search in the host's memory.</summary>
    private async Task<string?> FeeAsync(string code) =>
        (await (await fixture.SignInAsync("clerk.city")).GetFromJsonAsync<JsonElement>($"/api/items/{code}")).GetProperty("fee").GetString();

    private async Task<T> RunAsync<THandler, T>(Func<THandler, Task<T>> call)
        where THandler : notnull
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await call(ActivatorUtilities.GetServiceOrCreateInstance<THandler>(scope.ServiceProvider));
    }
}
