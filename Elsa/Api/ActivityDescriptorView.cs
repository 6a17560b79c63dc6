using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Expressions;
using Elsa.Workflows.Models;

namespace Elsa.Api;

/// <summary>An activity type as the designer reads it.</summary>
internal static class ActivityDescriptorView
{
    public static JsonObject Of(ActivityDescriptor descriptor, WellKnownTypeRegistry types)
    {
        var clrType = types.NameOf(descriptor.ClrType);
        var custom = (JsonObject)JsonSerializer.SerializeToNode(descriptor.CustomProperties, ApiJson.Options)!;
        if (descriptor.ConstructionProperties.Count == 0)
            custom["Type"] = clrType;
        var view = new JsonObject
        {
            ["typeName"] = descriptor.TypeName,
            ["clrType"] = clrType,
            ["namespace"] = descriptor.Namespace,
            ["name"] = descriptor.Name,
            ["version"] = descriptor.Version,
            ["category"] = descriptor.Category,
            ["displayName"] = descriptor.DisplayName,
            ["description"] = descriptor.Description,
            ["inputs"] = new JsonArray([.. descriptor.Inputs.Select(input => Input(input, types))]),
            ["outputs"] = new JsonArray([.. descriptor.Outputs.Select(output => Output(output, types))]),
            ["kind"] = descriptor.Kind.ToString(),
            ["runAsynchronously"] = descriptor.RunAsynchronously,
            ["ports"] = JsonSerializer.SerializeToNode(descriptor.Ports, ApiJson.Options),
            ["customProperties"] = custom,
            ["constructionProperties"] = JsonSerializer.SerializeToNode(descriptor.ConstructionProperties, ApiJson.Options),
            ["isContainer"] = descriptor.IsContainer,
            ["isBrowsable"] = descriptor.IsBrowsable,
            ["isStart"] = descriptor.IsStart,
            ["isTerminal"] = descriptor.IsTerminal,
        };
        return WithoutNulls(view);
    }

    private static JsonObject Input(InputDescriptor input, WellKnownTypeRegistry types) => WithoutNulls(new JsonObject
    {
        ["isWrapped"] = input.IsWrapped,
        ["uiHint"] = input.UIHint,
        ["category"] = input.Category,
        ["defaultValue"] = JsonSerializer.SerializeToNode(input.DefaultValue, ApiJson.Options),
        ["defaultSyntax"] = input.DefaultSyntax,
        ["isReadOnly"] = input.IsReadOnly,
        ["isSensitive"] = input.IsSensitive,
        ["autoEvaluate"] = input.AutoEvaluate,
        ["uiSpecifications"] = JsonSerializer.SerializeToNode(input.UISpecifications, ApiJson.Options),
        ["name"] = input.Name,
        ["typeName"] = types.NameOf(input.Type),
        ["displayName"] = input.DisplayName,
        ["description"] = input.Description,
        ["order"] = input.Order,
        ["isBrowsable"] = input.IsBrowsable,
        ["isSerializable"] = input.IsSerializable,
        ["isSynthetic"] = input.IsSynthetic,
    });

    private static JsonObject Output(OutputDescriptor output, WellKnownTypeRegistry types) => WithoutNulls(new JsonObject
    {
        ["name"] = output.Name,
        ["typeName"] = types.NameOf(output.Type),
        ["displayName"] = output.DisplayName,
        ["description"] = output.Description,
        ["order"] = output.Order,
        ["isBrowsable"] = output.IsBrowsable,
        ["isSerializable"] = output.IsSerializable,
        ["isSynthetic"] = output.IsSynthetic,
    });

    private static JsonObject WithoutNulls(JsonObject json)
    {
        foreach (var name in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
            json.Remove(name);
        return json;
    }
}
