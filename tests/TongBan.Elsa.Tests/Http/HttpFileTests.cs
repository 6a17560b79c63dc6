using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Http;

/// <summary>Files that come with forms, and files that are answered.</summary>
public sealed class HttpFileTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Form_WithAFile_IsThereForTheBurstAndSentBack()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Endpoint("file-echo", [], Activity("out", "Elsa.WriteFileHttpResponse", ("content", Script("getOutputFrom('in', 'File')")))));

        using var response = await host.Client.PostAsync("file-echo", Form(("note.txt", "text/plain", "你好")), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("note.txt");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("你好");
    }

    [Fact]
    public async Task Form_WithSeveralFiles_IsSentBackAsAnArchive()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Endpoint("file-zip", [], Activity("out", "Elsa.WriteFileHttpResponse", ("content", Script("getOutputFrom('in', 'Files')")), ("filename", Literal("both.zip")))));

        using var response = await host.Client.PostAsync("file-zip", Form(("a.txt", "text/plain", "one"), ("a.txt", "text/plain", "two")), Cancellation);

        await using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync(Cancellation));
        archive.Entries.Select(entry => entry.Name).ShouldBe(["a.txt", "a-2.txt"]);
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("both.zip");
    }

    [Theory]
    [InlineData("bytesFromString('one')", HttpStatusCode.OK, "application/octet-stream", "file.bin")]
    [InlineData("'one'", HttpStatusCode.OK, "text/plain", "file.txt")]
    [InlineData("[]", HttpStatusCode.OK, "application/zip", "download.zip")]
    [InlineData("null", HttpStatusCode.NoContent, null, null)]
    public async Task File_WithoutAName_IsNamedByItsKind(string content, HttpStatusCode status, string? type, string? name)
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Endpoint("file-unnamed", [], Activity("out", "Elsa.WriteFileHttpResponse", ("content", Script(content)))));

        using var response = await host.Client.GetAsync("file-unnamed", Cancellation);

        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe(type);
        (response.Content.Headers.ContentDisposition?.FileName).ShouldBe(name);
    }

    [Theory]
    [InlineData("fileSizeLimit", "3", "exposeFileTooLargeOutcome", "File too large", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("allowedFileExtensions", """[".pdf"]""", "exposeInvalidFileExtensionOutcome", "Invalid file extension", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("blockedFileExtensions", """[".TXT"]""", "exposeInvalidFileExtensionOutcome", "Invalid file extension", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("allowedMimeTypes", """["image/png"]""", "exposeInvalidFileMimeTypeOutcome", "Invalid file MIME type", HttpStatusCode.UnsupportedMediaType)]
    public async Task Form_WithAFileThatIsNotAllowed_IsRefusedOrLeavesByTheOutcome(string input, string value, string exposed, string outcome, HttpStatusCode status)
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        var id = $"file-{input}-{status}".ToLowerInvariant();
        await host.PublishAsync(Endpoint(id, [(input, Expression("Object", value))], Activity("out", "Elsa.WriteHttpResponse", ("content", Literal("taken")))));
        await host.PublishAsync(Endpoint(id + "-exposed", [(input, Expression("Object", value)), (exposed, JsonValue.Create(true))], Activity("out", "Elsa.WriteHttpResponse", ("content", Literal("answered"))), outcome));

        using var refused = await host.Client.PostAsync(id, Form(("note.txt", "text/plain", "hello")), Cancellation);
        using var answered = await host.Client.PostAsync(id + "-exposed", Form(("note.txt", "text/plain", "hello")), Cancellation);

        refused.StatusCode.ShouldBe(status);
        (await answered.Content.ReadAsStringAsync(Cancellation)).ShouldBe("answered");
    }

    [Fact]
    public async Task File_ThatIsResumable_IsSentInParts()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Endpoint("file-part", [], Activity("out", "Elsa.WriteFileHttpResponse",
            ("content", Literal("0123456789")), ("filename", Literal("n.csv")), ("entityTag", Literal("v1")), ("enableResumableDownloads", Literal("true")))));
        using var request = new HttpRequestMessage(HttpMethod.Get, "file-part") { Headers = { Range = new RangeHeaderValue(2, 4) } };

        using var response = await host.Client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        response.Headers.ETag!.Tag.ShouldBe("\"v1\"");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("234");
    }

    [Theory]
    [InlineData("https://example.org/a.pdf", HttpStatusCode.InternalServerError)]
    [InlineData("", HttpStatusCode.NoContent)]
    public async Task File_ThatIsNone_IsNotSent(string content, HttpStatusCode status)
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        var id = $"file-none-{status}".ToLowerInvariant();
        await host.PublishAsync(Endpoint(id, [], Activity("out", "Elsa.WriteFileHttpResponse", ("content", content.Length == 0 ? Script("null") : Literal(content)))));

        using var response = await host.Client.PostAsync(id, null, Cancellation);

        response.StatusCode.ShouldBe(status);
    }

    private static string Endpoint(string path, (string Name, JsonNode Value)[] members, JsonObject answer, string port = "Done") => Chart(
        path,
        [Starting(Activity("in", "Elsa.HttpEndpoint", [("path", Literal(path)), ("supportedMethods", Expression("Object", """["POST","GET"]""")), .. members])), answer],
        [$"in.{port}>out"]);

    private static MultipartFormDataContent Form(params (string Name, string Type, string Text)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, type, text) in files)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, "papers", name);
        return form;
    }
}
