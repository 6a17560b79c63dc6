using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Cases;
using TongBan.Domain.Privacy;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Privacy;

/// <summary>Personal data in the database: sealed, found by keyed hash, sealed again after a rotation.</summary>
public sealed class PersonalDataTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string IdNumber = "440524188001010014";
    private const string Phone = "13912345678";
    private const string Email = "sample.person@example.org";
    private const string Address = "样例街道梧桐巷77号";

    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Database_AfterACaseWentToItsEnd_HoldsNoNumberOrAddressInPlain()
    {
        var number = await _counter.AcceptedAsync(Application());
        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number });
        await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched");
        await _counter.EndsAsync(number);

        await using var connection = await fixture.Source.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')");
        var leaks = new List<string>();
        foreach (var table in tables)
        {
            // A row as text shows bytea as hex: both spellings are looked for.
            foreach (var value in (string[])[IdNumber, Phone, Email, Address])
            {
                var hex = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(value));
                if (await connection.ExecuteScalarAsync<bool>($"select exists (select from {table} t where t::text like '%' || @value || '%' or t::text like '%' || @hex || '%')", new { value, hex }))
                    leaks.Add($"{table}: {value}");
            }
        }

        leaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Log_OfACaseThatIsOpenedShownAndFound_HoldsNoNumberOrAddress()
    {
        using var log = new LogListener();
        var number = await _counter.OpenAsync(Application());
        var clerk = await _counter.AsAsync("clerk.city");
        (await clerk.GetAsync("/api/cases?q=" + IdNumber)).Dispose();
        (await clerk.PostAsJsonAsync($"/api/cases/{number}/personal", new { reason = "核对证件" })).Dispose();
        (await _counter.TryOpenAsync(new { applicant = new { idNumber = IdNumber, phone = Phone, type = "nobody" } })).Dispose();

        var lines = log.Lines.ToArray();

        lines.ShouldNotBeEmpty();
        lines.Where(line => ((string[])[IdNumber, Phone, Email, Address]).Any(value => line.Contains(value, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(IdNumber)]
    [InlineData("139 1234 5678")]
    public async Task List_AskedForAWholeNumber_FindsTheCase(string asked)
    {
        var number = await _counter.OpenAsync(Application());
        var clerk = await _counter.AsAsync("clerk.city");

        var found = await clerk.GetFromJsonAsync<JsonElement>("/api/cases?q=" + Uri.EscapeDataString(asked));
        var nothing = await clerk.GetFromJsonAsync<JsonElement>("/api/cases?q=" + Uri.EscapeDataString(asked[..^1]));

        found.GetProperty("items").EnumerateArray().Any(one => one.GetProperty("number").GetString() == number).ShouldBeTrue();
        nothing.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Rotation_SealsAgainWithTheNewKey_AndWhatIsOlderThanSealing()
    {
        var (sealedBefore, plain) = (await _counter.OpenAsync(Application()), await _counter.OpenAsync(Application()));
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            update tongban.cases set personal = null, personal_key = null, id_mark = null, phone_mark = null,
                applicant_id_number = @IdNumber, applicant_phone = @Phone, applicant_email = @Email, delivery_address = @Address where number = @plain
            """,
            new { plain, IdNumber, Phone, Email, Address });

        var key = await fixture.Host.Services.GetRequiredService<KeyRing>().RotateAsync();
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Resealing>().RunAsync(CancellationToken.None);

        (await connection.QueryAsync<int?>("select distinct personal_key from tongban.cases where personal is not null")).ShouldBe([key]);
        (await connection.QueryAsync<int?>("select distinct personal_key from tongban.partner_calls")).ShouldBeSubsetOf([key]);
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.cases where applicant_id_number is not null or delivery_address is not null")).ShouldBe(0);
        var cases = scope.ServiceProvider.GetRequiredService<CaseStore>();
        foreach (var number in (string[])[sealedBefore, plain])
        {
            var read = await cases.GetAsync(number);
            (read.Applicant.IdNumber, read.Applicant.Phone, read.Applicant.Email, read.Delivery.Address).ShouldBe((IdNumber, Phone, Email, Address));
        }
    }

    [Fact]
    public async Task Seal_CopiedToAnotherCase_DoesNotOpen()
    {
        var (one, other) = (await _counter.OpenAsync(Application()), await _counter.OpenAsync());
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("update tongban.cases set personal = (select personal from tongban.cases where number = @one) where number = @other", new { one, other });
        await using var scope = fixture.Host.Services.CreateAsyncScope();

        await Should.ThrowAsync<System.Security.Cryptography.AuthenticationTagMismatchException>(() => scope.ServiceProvider.GetRequiredService<CaseStore>().FindAsync(other));
        await connection.ExecuteAsync("update tongban.cases set personal = null, personal_key = null, erased_at = now() where number = @other", new { other });
    }

    [Fact]
    public async Task Retention_WhenItsDaysAreOver_ErasesCaseAndFiles_AndKeepsWhatWasDecided()
    {
        var number = await _counter.OpenAsync(Application());
        await _counter.UploadAllAsync(number);
        using (await (await _counter.AsAsync("clerk.city")).PostAsJsonAsync($"/api/cases/{number}/withdraw", new { reason = "不再办理" }))
        {
        }

        await _counter.EndsAsync(number);
        var admin = await _counter.AsAsync("admin");
        using (var tooShort = await admin.PutAsJsonAsync("/api/retention/SCJG-001", new { keepDays = 1 }))
            tooShort.StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
        using (var set = await admin.PutAsJsonAsync("/api/retention/SCJG-001", new { keepDays = 30 }))
            set.StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("update tongban.cases set closed_at = closed_at - interval '31 days' where number = @number", new { number });

        await using (var scope = fixture.Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<TongBan.Host.Features.Privacy.ErasePersonal>().RunAsync(CancellationToken.None);

        var erased = await _counter.CaseAsync(number);
        erased.GetProperty("applicant").GetProperty("name").GetString().ShouldBe("已清除");
        erased.GetProperty("applicant").GetProperty("idNumber").GetString().ShouldBe("");
        erased.GetProperty("state").GetString().ShouldBe("archived");
        (await connection.ExecuteScalarAsync<bool>("select exists (select from tongban.cases where number = @number and (personal is not null or id_mark is not null))", new { number })).ShouldBeFalse();
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.audit where act = 'personal.erase' and subject = @subject", new { subject = "case/" + number })).ShouldBe(1);
    }

    [Fact]
    public async Task Reveal_NeedsAReason_AndIsAudited()
    {
        var number = await _counter.OpenAsync(Application());
        var clerk = await _counter.AsAsync("clerk.city");

        var masked = await clerk.GetFromJsonAsync<JsonElement>($"/api/cases/{number}");
        using var without = await clerk.PostAsJsonAsync($"/api/cases/{number}/personal", new { });
        using var with = await clerk.PostAsJsonAsync($"/api/cases/{number}/personal", new { reason = "核对证件" });

        masked.GetProperty("applicant").GetProperty("idNumber").GetString().ShouldBe("4405**********0014");
        masked.GetProperty("delivery").GetProperty("address").GetString()!.ShouldNotContain("77");
        without.StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
        (await with.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("idNumber").GetString().ShouldBe(IdNumber);
        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await connection.QueryAsync<string>("select why from tongban.audit where act = 'personal.reveal' and subject = @subject", new { subject = "case/" + number })).ShouldBe(["核对证件"]);
    }

    private static Dictionary<string, object?> Application()
    {
        var application = Counter.Application(delivery: new { kind = "courier", address = Address });
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = IdNumber, phone = Phone, email = Email };
        return application;
    }
}
