using System.Text;
using Elsa.Common.Models;
using Elsa.Expressions;
using Elsa.Persistence;
using Elsa.Workflows.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>The names that a script of a definition may use, as TypeScript declarations for the designer's editor.</summary>
internal static class ScriptEndpoints
{
    private const string Common =
        """
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(name: string): void;
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityIdOrName: string, outputName?: string): any;
        declare function getLastResult(): any;
        declare function isNullOrWhiteSpace(value: string): boolean;
        declare function isNullOrEmpty(value: string): boolean;
        declare function toJson(value: any): string;
        declare function parseGuid(value: string): any;
        declare function newGuid(): any;
        declare function newGuidString(): string;
        declare function newShortGuid(): string;
        declare function bytesToString(value: any): string;
        declare function bytesFromString(value: string): any;
        declare function bytesToBase64(value: any): string;
        declare function bytesFromBase64(value: string): any;
        declare function stringToBase64(value: string): string;
        declare function stringFromBase64(value: string): string;
        declare function createEventTriggerUrl(eventName: string, lifetimeOrExpiry?: any): string;
        declare function setOutcome(outcome: string): void;
        declare function setOutcomes(outcomes: string[]): void;

        """;

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", DescribeAsync).Permit("read:*", "read:javascript-type-definitions");

    private static async Task<IResult> DescribeAsync(string definitionId, DefinitionStore definitions, CancellationToken ct)
    {
        if (await definitions.FindGraphAsync(WorkflowDefinitionHandle.ByDefinitionId(definitionId, VersionOptions.Latest), ct) is not { } graph)
            return ElsaApi.Invalid("generalErrors", $"Workflow definition {definitionId} not found");
        var text = new StringBuilder(Common);
        foreach (var variable in graph.Workflow.Variables)
        {
            var (name, type) = (PascalCase.Of(variable.Name), TypeName(variable.ValueType));
            Line(text, $"declare function get{name}(): {type};");
            Line(text, $"declare function set{name}(value: {type}): void;");
        }

        foreach (var input in graph.Workflow.Inputs)
            Line(text, $"declare function get{input.Name}(): {TypeName(input.Type)};");
        foreach (var node in graph.Nodes.Where(node => node.Activity.Name is { Length: > 0 }))
        {
            foreach (var output in node.Descriptor.Outputs)
                Line(text, $"declare function get{output.Name}From{PascalCase.Of(node.Activity.Name!)}(): {TypeName(output.Type)};");
        }

        text.AppendLine("declare class WorkflowVariables {");
        foreach (var variable in graph.Workflow.Variables)
            Line(text, $"{variable.Name}: {TypeName(variable.ValueType)};");
        text.AppendLine("}").AppendLine("declare var variables: WorkflowVariables;");
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "application/x-typescript", $"elsa.{definitionId}.d.ts");
    }

    private static void Line(StringBuilder text, string line) => text.AppendLine(line);

    private static string TypeName(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "string",
        TypeCode.Boolean => "boolean",
        TypeCode.DateTime => "Date",
        >= TypeCode.SByte and <= TypeCode.Decimal => "number",
        _ when type == typeof(DateTimeOffset) => "Date",
        _ when type.IsArray => TypeName(type.GetElementType()!) + "[]",
        _ => "any",
    };
}
