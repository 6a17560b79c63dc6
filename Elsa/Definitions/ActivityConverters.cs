using System.Text.Json;
using System.Text.Json.Serialization;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Memory;

namespace Elsa.Definitions;

/// <summary>Lets plain objects of a definition, such as the cases of a switch, hold activities.</summary>
internal sealed class ActivityConverter(ActivityReader reader) : JsonConverter<IActivity>
{
    public override IActivity Read(ref Utf8JsonReader json, Type typeToConvert, JsonSerializerOptions options) => reader.Read(JsonElement.ParseValue(ref json));

    public override void Write(Utf8JsonWriter writer, IActivity value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Lets plain objects of a definition hold expressions.</summary>
internal sealed class ExpressionConverter(ActivityReader reader) : JsonConverter<Expression>
{
    public override Expression Read(ref Utf8JsonReader json, Type typeToConvert, JsonSerializerOptions options) => reader.ReadExpression(JsonElement.ParseValue(ref json));

    public override void Write(Utf8JsonWriter writer, Expression value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Lets plain objects of a definition hold variables.</summary>
internal sealed class VariableConverter(ActivityReader reader) : JsonConverter<Variable>
{
    public override Variable Read(ref Utf8JsonReader json, Type typeToConvert, JsonSerializerOptions options) => reader.ReadVariable(JsonElement.ParseValue(ref json));

    public override void Write(Utf8JsonWriter writer, Variable value, JsonSerializerOptions options) => throw new NotSupportedException();
}
