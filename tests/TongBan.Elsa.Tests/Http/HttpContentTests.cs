using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Http;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Http;

public sealed class HttpContentTests
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static TheoryData<object, string?, string, string> Contents => new()
    {
        { new { Name = "中文", Age = 30 }, null, "application/json", """{"Name":"中文","Age":30}""" },
        { "{\"a\":1}", "application/json", "application/json", "{\"a\":1}" },
        { "<a>中</a>", "application/xml", "application/xml", "<a>中</a>" },
        { "words", null, "text/plain; charset=utf-8", "words" },
        { Encoding.UTF8.GetBytes("raw"), null, "application/octet-stream", "raw" },
        { new MemoryStream(Encoding.UTF8.GetBytes("flow")), "image/png", "image/png", "flow" },
        { new Dictionary<string, object?>(StringComparer.Ordinal) { ["a b"] = "1&2" }, FormType, FormType, "a%20b=1%262" },
        { new JsonObject { ["n"] = 1, ["t"] = "中" }, FormType, FormType, "n=1&t=%E4%B8%AD" },
        { JsonSerializer.SerializeToElement(new { x = true }), FormType, FormType, "x=True" },
    };

    [Theory]
    [MemberData(nameof(Contents), DisableDiscoveryEnumeration = true)]
    public void Format_Content_HasItsTypeAndNoByteOrderMark(object content, string? given, string type, string body)
    {
        var (bytes, contentType) = HttpContents.Format(content, given);

        contentType.ShouldBe(type);
        bytes.ShouldBe(Encoding.UTF8.GetBytes(body));
    }
}
