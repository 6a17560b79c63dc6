using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Microsoft.Extensions.Logging;

namespace Elsa.Workflows.Activities;

/// <summary>Writes a line to the host's log, and to an <see cref="IStandardOutStreamProvider"/> where the host has registered one.</summary>
[Activity("Elsa", "Console", "Write a line of text to the console.")]
public class WriteLine : CodeActivity
{
    /// <summary>Writes a text that is known in advance.</summary>
    public WriteLine(string text, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Literal<string>(text), source, line)
    {
    }

    /// <summary>Writes what a delegate yields.</summary>
    public WriteLine(Func<string> text, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(Expression.DelegateExpression(text), source, line)
    {
    }

    /// <summary>Writes what a delegate yields that sees variables and inputs.</summary>
    public WriteLine(Func<ExpressionExecutionContext, string?> text, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(Expression.DelegateExpression(text), source, line)
    {
    }

    /// <summary>Writes the value of a variable.</summary>
    public WriteLine(Variable<string> variable, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Text = new(variable);

    /// <summary>Writes a text that is known in advance.</summary>
    public WriteLine(Literal<string> literal, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Text = new(literal);

    /// <summary>Writes what an expression of any syntax yields.</summary>
    public WriteLine(Expression expression, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Text = new(expression, new MemoryBlockReference());

    /// <summary>Writes what <paramref name="text"/> yields.</summary>
    public WriteLine(Input<string> text, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Text = text;

    [JsonConstructor]
    private WriteLine(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>One line at level Information, in the log category of this class. Do not write personal data: the line is in the history too.</summary>
    [Description("The text to write.")]
    public Input<string> Text { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var text = context.Get(Text);
        context.GetService<IStandardOutStreamProvider>()?.GetTextWriter().WriteLine(text);
        context.GetService<ILogger<WriteLine>>()?.LogInformation("{Text}", text);
    }
}
