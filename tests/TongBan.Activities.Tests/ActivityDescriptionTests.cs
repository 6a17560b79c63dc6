using System.Reflection;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.UIHints;
using Elsa.Workflows.UIHints.Dropdown;
using Shouldly;
using Xunit;

namespace TongBan.Activities.Tests;

/// <summary>What administrators see of the activities in the designer.</summary>
public sealed class ActivityDescriptionTests
{
    public static TheoryData<Type> All =>
        [.. typeof(CaseActivity).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsPublic: true } && typeof(IActivity).IsAssignableFrom(t))];

    [Theory]
    [MemberData(nameof(All))]
    public void Activity_Described_HasAChineseNameAndDescription(Type type)
    {
        var activity = type.GetCustomAttribute<ActivityAttribute>().ShouldNotBeNull();

        IsChinese(activity.DisplayName).ShouldBeTrue();
        IsChinese(activity.Description).ShouldBeTrue();
        activity.Namespace.ShouldBe("TongBan");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Inputs_Described_HaveChineseNamesAndDescriptions(Type type)
    {
        foreach (var input in type.GetProperties().Select(p => p.GetCustomAttribute<InputAttribute>()).OfType<InputAttribute>())
        {
            IsChinese(input.DisplayName).ShouldBeTrue();
            IsChinese(input.Description).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(typeof(CollectMaterials), "Complete", "Withdrawn", "Expired")]
    [InlineData(typeof(AcceptApplication), "Accepted", "NotAccepted", "NeedsSupplement")]
    [InlineData(typeof(ForwardToAuthority), "Acknowledged", "Returned", "Failed")]
    [InlineData(typeof(MailDocuments), "Delivered", "Returned", "Lost")]
    [InlineData(typeof(IssueDecision), "Approved", "Rejected", "NeedsSupplement")]
    [InlineData(typeof(DispatchCourier), "Delivered", "PickedUp", "Returned")]
    public void Outcomes_OfTheMainActivities_AreTheirPorts(Type type, params string[] outcomes) =>
        type.GetCustomAttribute<FlowNodeAttribute>().ShouldNotBeNull().Outcomes.ShouldBe(outcomes);

    [Theory]
    [MemberData(nameof(All))]
    public async Task DropDowns_Listed_ShowChineseTextsAndOfferTheDefault(Type type)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<InputAttribute>() is not { UIHint: InputUIHints.DropDown } input)
                continue;
            var handler = (IPropertyUIHandler)Activator.CreateInstance(input.UIHandler.ShouldNotBeNull(), nonPublic: true)!;
            var properties = await handler.GetUIPropertiesAsync(property, null, TestContext.Current.CancellationToken);
            var items = properties[InputUIHints.DropDown].ShouldBeOfType<DropDownProps>().SelectList!.Items;

            items.ShouldAllBe(i => IsChinese(i.Text));
            items.ShouldContain(i => Equals(i.Value, input.DefaultValue));
        }
    }

    private static bool IsChinese(string? text) => text?.Any(c => c is >= '\u4e00' and <= '\u9fff') == true;
}
