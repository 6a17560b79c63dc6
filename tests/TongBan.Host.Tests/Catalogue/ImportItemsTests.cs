using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MiniExcelLibs;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Catalogue;

public sealed class ImportItemsTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Head = "事项编码,事项名称,条线,承诺时限,法定时限,申请材料\r\n";

    [Fact]
    public async Task Import_CsvWithThreeBadRows_StoresTheGoodOnesAndNamesRowAndField()
    {
        var csv = Head + "IM-1,导入甲事项,市场监管,5,20,\"M01|申请书|原件|必要\nM02|执照|复印件|有条件|2||变更时\"\r\nIM-2,导入乙事项,没有的条线,5,20,\r\nIM-3,导入丙事项,MZ,30,20,\r\nIM-4,导入丁事项,MZ,五天,20,\r\n";

        var result = await ImportAsync(csv);

        result.GetProperty("created").GetInt32().ShouldBe(1);
        result.GetProperty("rejected").EnumerateArray().Select(row => (row.GetProperty("row").GetInt32(), row.GetProperty("field").GetString()))
            .ShouldBe([(3, "sector"), (4, "promisedDays"), (5, "promisedDays")]);
        var item = await ItemAsync("IM-1");
        item.GetProperty("sample").GetBoolean().ShouldBeFalse();
        item.GetProperty("materials")[1].GetProperty("copies").GetInt32().ShouldBe(2);
        (await (await fixture.SignInAsync("admin")).GetAsync("/api/items/IM-3")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Import_AtomicWithABadRow_StoresNothing()
    {
        using var response = await PostAsync(Head + "IA-1,原子甲,民政,5,20,\r\nIA-2,原子乙,民政,50,20,\r\n", "?atomic=true");

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("rejected")[0].GetProperty("row").GetInt32().ShouldBe(3);
        problem.GetProperty("created").GetInt32().ShouldBe(0);
        (await (await fixture.SignInAsync("admin")).GetAsync("/api/items/IA-1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Import_Preview_ShowsWhatWouldChangeAndChangesNothing()
    {
        var before = await ItemAsync("MZ-001");

        using var response = await PostAsync("事项编码,承诺时限\r\nMZ-001,1\r\nMZ-002,9\r\n", "?preview=true");

        var result = await response.Content.ReadFromJsonAsync<JsonElement>();
        var change = result.GetProperty("changes").EnumerateArray().Single(row => row.GetProperty("code").GetString() == "MZ-002");
        change.GetProperty("fields")[0].GetProperty("after").GetString().ShouldBe("9");
        (await ItemAsync("MZ-001")).GetProperty("sample").GetBoolean().ShouldBe(before.GetProperty("sample").GetBoolean());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Export_ImportedAgain_ChangesNothingButTheMark(string format)
    {
        var admin = await fixture.SignInAsync("admin");
        var file = await admin.GetByteArrayAsync($"/api/items/export?format={format}&sector=TY");

        using var response = await admin.PostAsync("/api/items/import?preview=true", new ByteArrayContent(file));

        var result = await response.Content.ReadFromJsonAsync<JsonElement>();
        result.GetProperty("rejected").GetArrayLength().ShouldBe(0);
        result.GetProperty("changes").EnumerateArray().ShouldAllBe(change => change.GetProperty("fields").GetArrayLength() == 0);
        result.GetProperty("updated").GetInt32().ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Export_NameThatIsAFormula_IsNoFormulaInTheSheet()
    {
        await ImportAsync(Head + "FX-1,\"=HYPERLINK(\"\"http://x\"\")\",气象,5,20,\r\n");
        var admin = await fixture.SignInAsync("admin");

        var csv = Encoding.UTF8.GetString(await admin.GetByteArrayAsync("/api/items/export?format=csv&sector=QX"));
        using var xlsx = new MemoryStream(await admin.GetByteArrayAsync("/api/items/export?format=xlsx&sector=QX"));

        csv.ShouldContain("\"'=HYPERLINK");
        xlsx.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().Single(row => (string)row["事项编码"] == "FX-1")["事项名称"].ShouldBe("'=HYPERLINK(\"http://x\")");
    }

    [Fact]
    public async Task Import_Gb18030FromASpreadsheetProgram_IsRead()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Head + "GB-1,国标编码事项,档案,5,20,\r\n");

        using var response = await (await fixture.SignInAsync("admin")).PostAsync("/api/items/import", new ByteArrayContent(bytes));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ItemAsync("GB-1")).GetProperty("name").GetString().ShouldBe("国标编码事项");
    }

    [Fact]
    public async Task Import_ZipBombAsXlsx_IsRefusedWithAClearWord()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var mega = 0; mega < 120; mega++)
                await entry.WriteAsync(zeros);
        }

        using var response = await (await fixture.SignInAsync("admin")).PostAsync("/api/items/import", new ByteArrayContent(bomb.ToArray()));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).ShouldContain("sheet_unreadable");
    }

    [Theory]
    [InlineData("")]
    [InlineData("随便什么文字")]
    [InlineData("PK\u0003\u0004坏的压缩包")]
    [InlineData("事项名称,条线\r\n没有编码的表,民政\r\n")]
    [InlineData("事项编码,不认识的列\r\nX-1,1\r\n")]
    public async Task Import_NoSheetOfItems_IsRefusedAtTheFile(string content)
    {
        using var response = await PostAsync(content, "");

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("file");
    }

    [Fact]
    public async Task Import_FormThatBreaksOff_IsRefusedAndNoFailure()
    {
        using var broken = new StringContent("{}");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var response = await (await fixture.SignInAsync("admin")).PostAsync("/api/items/import", broken);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Import_ByAClerk_IsNotAllowed()
    {
        using var response = await (await fixture.SignInAsync("clerk.city")).PostAsync("/api/items/import", new StringContent("事项编码\r\nX\r\n"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<JsonElement> ImportAsync(string csv)
    {
        using var response = await PostAsync(csv, "");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpResponseMessage> PostAsync(string content, string query)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", "items.csv" } };
        return await (await fixture.SignInAsync("admin")).PostAsync("/api/items/import" + query, form);
    }

    private async Task<JsonElement> ItemAsync(string code) => await (await fixture.SignInAsync("admin")).GetFromJsonAsync<JsonElement>($"/api/items/{code}");
}
