using System.Text.Json;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>Our answers have the names, kinds and casing of the original's, for the calls that the designer makes.</summary>
public sealed class ContractTests(RecordedWorld world) : IClassFixture<RecordedWorld>
{
    /// <summary>Where the answers differ and may; docs/elsa-differences.md says why.</summary>
    private static readonly string[] Deliberate =
    [
        "._type:", ".tenantId:", ".activityExecutionContexts[]", ".completionCallbacks[]", ".activityState.", ".outputs", "[].providerName:",
        ".properties.PickerEndpoint:", ".properties.UIHint:", ".properties.FlowScope", ".workflowState.input.",
    ];

    [Theory]
    [InlineData("023-expression-descriptors")]
    [InlineData("024-storage-drivers")]
    [InlineData("025-variable-types")]
    [InlineData("026-incident-strategies")]
    [InlineData("027-activation-strategies")]
    [InlineData("028-log-persistence-strategies")]
    [InlineData("029-commit-strategies-workflows")]
    [InlineData("030-commit-strategies-activities")]
    [InlineData("033-features-installed")]
    [InlineData("036-package-version")]
    [InlineData("041-options-FlowSwitch-Mode")]
    [InlineData("051-is-name-unique-true")]
    [InlineData("063a-get-by-definition-id-Latest")]
    [InlineData("064-get-by-id")]
    [InlineData("065-get-by-id-404")]
    [InlineData("110-list-latest-page0")]
    [InlineData("116-list-published")]
    [InlineData("117-list-by-ids")]
    [InlineData("142-test-activity-writeline")]
    [InlineData("150-execute-finishes")]
    [InlineData("151-execute-suspends")]
    [InlineData("152-execute-404")]
    [InlineData("170-instances-list")]
    [InlineData("182-instance-finished")]
    [InlineData("183-instance-suspended")]
    [InlineData("185-instance-404")]
    [InlineData("186-execution-state")]
    [InlineData("188-journal")]
    [InlineData("195-variables")]
    [InlineData("200-activity-executions-report")]
    [InlineData("203-activity-executions-list")]
    [InlineData("204-activity-executions-list-root")]
    [InlineData("205-activity-execution-summaries")]
    [InlineData("206-activity-execution-by-id")]
    [InlineData("209-call-stack")]
    public async Task Answer_ToADesignersCall_HasTheRecordedShape(string recording)
    {
        Assert.SkipWhen(RecordedCall.Folder is null, "There are no recordings here; name the folder of the runs in TONGBAN_ELSA_RECORDINGS.");
        var call = RecordedCall.Read(recording, world.Ids);

        var (status, answer) = await call.SendAsync(world.Client, TestContext.Current.CancellationToken);

        status.ShouldBe(call.Status);
        var theirs = Shape.Of(call.Response.ValueKind == JsonValueKind.Null ? default : call.Response).Where(path => !IsDeliberate(path)).ToList();
        var ours = Shape.Of(answer).Where(path => !IsDeliberate(path)).ToList();
        theirs.Except(ours, StringComparer.Ordinal).ShouldBeEmpty("missing here");
        ours.Except(theirs, StringComparer.Ordinal).ShouldBeEmpty("unknown to the original");
    }

    private static bool IsDeliberate(string path) => Deliberate.Any(part => path.Contains(part, StringComparison.Ordinal));
}
