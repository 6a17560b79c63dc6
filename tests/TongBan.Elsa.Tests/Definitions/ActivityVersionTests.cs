using System.Text.Json;
using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>A type of which an application has several versions.</summary>
public sealed class ActivityVersionTests
{
    [Theory]
    [InlineData("""{ "id": "a", "type": "Acme.Stamp", "version": 1 }""", typeof(StampOne))]
    [InlineData("""{ "id": "a", "type": "Acme.Stamp", "version": 2 }""", typeof(StampTwo))]
    [InlineData("""{ "id": "a", "type": "Acme.Stamp" }""", typeof(StampTwo))]
    [InlineData("""{ "id": "a", "type": "Acme.Stamp", "version": 9 }""", typeof(StampTwo))]
    public void Read_ActivityOfAVersion_IsThatVersionOrTheNewest(string json, Type type)
    {
        using var services = Services();

        var activity = services.GetRequiredService<DefinitionJson>().Read(JsonDocument.Parse($$"""{ "root": {{json}} }""").RootElement).Root;

        activity.ShouldBeOfType(type);
        services.GetRequiredService<ActivityRegistry>().DescriptorOf(activity).ClrType.ShouldBe(type);
    }

    [Fact]
    public void List_TypeOfTwoVersions_ShowsBoth()
    {
        using var services = Services();

        services.GetRequiredService<ActivityRegistry>().List().Where(type => type.TypeName == "Acme.Stamp").Select(type => type.Version).ShouldBe([1, 2]);
    }

    private static ServiceProvider Services() =>
        new ServiceCollection().AddElsaRuntime(elsa => elsa.AddActivity<StampTwo>().AddActivity<StampOne>()).BuildServiceProvider();

    [Activity("Acme", "Stamp", 1)]
    public sealed class StampOne : CodeActivity;

    [Activity("Acme", "Stamp", 2)]
    public sealed class StampTwo : CodeActivity;
}
