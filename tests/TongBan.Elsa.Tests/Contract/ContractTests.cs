using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>Our answers have the status, names, kinds, casing and nulls of the original's, for every recorded call.</summary>
public sealed class ContractTests(RecordedSession session) : IClassFixture<RecordedSession>
{
    /// <summary>Where the answers differ and may; docs/elsa-differences.md says why.</summary>
    private static readonly string[] Deliberate =
    [
        ".Variables._type:", ".tenantId:", "[].providerName:", ".properties.PickerEndpoint:", ".properties.UIHint:", ".properties.FlowScope", ".workflowState.input.", ".WorkflowState.input.",
        ".Variables.$id:", ".storedInstance", ".customProperties.source:", ".customProperties.Resilien", ".inputs[].uiSpecifications.Refresh:", ".inputs[].uiSpecifications.singleline",
        ".errors.model", ".errors.name", ".items[].toolVersion:", "248-import-instances$.count:",
    ];

    [Theory]
    [RecordedCalls]
    public void Answer_ToARecordedCall_HasTheRecordedShape(string name)
    {
        var (call, status, type, answer) = session.Answer(name);

        status.ShouldBe(call.Status);
        (type ?? "").ShouldBe(call.ContentType?.Split(';')[0] ?? "");
        if (call.Response.ValueKind == JsonValueKind.Object && call.Response.TryGetProperty("zipEntries", out _))
            return;
        var theirs = Shape.Of(call.Response.ValueKind == JsonValueKind.Null ? default : call.Response).Where(path => !IsDeliberate(name + path)).ToList();
        var ours = Shape.Of(answer).Where(path => !IsDeliberate(name + path)).ToList();
        theirs.Except(ours, StringComparer.Ordinal).ShouldBeEmpty("missing here");
        ours.Except(theirs, StringComparer.Ordinal).ShouldBeEmpty("unknown to the original");
    }

    /// <summary>All of it but ids: Studio goes by its ports and properties when it looks inside.</summary>
    [Fact]
    public void Descriptor_OfADefinitionUsedAsAnActivity_IsTheRecorded()
    {
        const string Name = "095-descriptor-of-workflow-as-activity";
        Assert.SkipUnless(RecordedCallsAttribute.Names.Contains(Name, StringComparer.Ordinal), "There are no recordings here.");
        var (call, _, _, answer) = session.Answer(Name);

        var theirs = JsonNode.Parse(call.Response[0].GetRawText())!.AsObject();
        var ours = JsonNode.Parse(answer.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("typeName").GetString() == (string?)theirs["typeName"]).GetRawText())!.AsObject();

        WithoutIds(ours).ShouldBe(WithoutIds(theirs));
    }

    private static string WithoutIds(JsonObject descriptor)
    {
        descriptor.Remove("clrType");
        descriptor["customProperties"]!.AsObject().Remove("WorkflowDefinitionVersionId");
        descriptor["constructionProperties"]!.AsObject().Remove("WorkflowDefinitionVersionId");
        return descriptor.ToJsonString();
    }

    private static bool IsDeliberate(string path) => Deliberate.Any(part => path.Contains(part, StringComparison.Ordinal));
}
