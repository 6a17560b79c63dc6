using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Elsa.Email;
using Elsa.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Calls;

public sealed class MailTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Mail_IsHandedToTheTransportAfterTheCommit()
    {
        var post = new Post();
        await using var runtime = new TestRuntime(database.Source, services: services => services.AddSingleton<IMailTransport>(post));
        await runtime.PublishAsync(Chart("mail-ok", [Mail(("attachments", Expression("Object", """[{"fileName":"a.txt","contentType":"text/plain","content":"aGk="}]"""))), Write("done")], ["m>done"]));

        var started = await runtime.StartAsync("mail-ok");
        post.Sent.ShouldBeEmpty();
        await runtime.MakeDueAsync();

        started.SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
        var mail = post.Sent.Single();
        mail.To.ShouldBe(["one@example.org", "two@example.org"]);
        mail.Subject.ShouldBe("办结通知");
        mail.Id.ShouldNotBeEmpty();
        mail.Attachments.Single().Name.ShouldBe("a.txt");
        mail.Attachments.Single().Content.ShouldBe("hi"u8.ToArray());
        (await database.CompletedAsync("mail-ok")).ShouldBe("done");
    }

    [Fact]
    public async Task Mail_ThatIsRefused_RunsTheErrorBranch()
    {
        await using var runtime = new TestRuntime(database.Source, services: services => services.AddSingleton<IMailTransport>(new Post { Refusal = "mailbox full" }));
        await runtime.PublishAsync(Chart("mail-refused", [Mail(("error", Write("sorry"))), Write("done")], ["m>done"]));

        await runtime.StartAsync("mail-refused");
        await runtime.MakeDueAsync();

        (await database.CompletedAsync("mail-refused")).ShouldBe("sorry done");
        (await database.ErrorAsync("mail-refused")).ShouldBe("mailbox full");
    }

    [Fact]
    public async Task Mail_WithoutATransport_RunsTheErrorBranch()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("mail-none", [Mail(("error", Write("sorry")))], []));

        await runtime.StartAsync("mail-none");
        await runtime.MakeDueAsync();

        (await database.CompletedAsync("mail-none")).ShouldBe("sorry");
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("http://127.0.0.1/secret")]
    public async Task Attachment_ThatIsAPathOrUrl_IsAnIncident(string attachment)
    {
        await using var runtime = new TestRuntime(database.Source);
        var id = "mail-" + Guid.NewGuid().ToString("N");
        await runtime.PublishAsync(Chart(id, [Mail(("attachments", Literal(attachment)))], []));

        (await runtime.StartAsync(id)).Incidents.Single().Message.ShouldContain("neither paths nor URLs");
    }

    private static JsonObject Mail(params (string Name, JsonNode Value)[] members) => Activity(
        "m", "Elsa.SendEmail", [("to", Expression("Object", """["one@example.org","two@example.org"]""")), ("subject", Literal("办结通知")), ("body", Literal("<p>好</p>")), .. members]);

    private sealed class Post : IMailTransport
    {
        public ConcurrentQueue<OutgoingMail> Sent { get; } = [];

        public string? Refusal { get; init; }

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            Sent.Enqueue(mail);
            return Refusal is null ? Task.CompletedTask : throw new InvalidOperationException(Refusal);
        }
    }
}
