using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows.Activities;

/// <summary>Stands where a definition names a type that this host does not know, and keeps the definition's text for it.</summary>
[Browsable(false)]
[Activity("Elsa", "System", "A placeholder activity that will be used in case a workflow definition references an activity type that cannot be found.")]
public class NotFoundActivity : CodeActivity
{
    public NotFoundActivity([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public NotFoundActivity(string missingTypeName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => MissingTypeName = missingTypeName;

    public string MissingTypeName { get; set; } = null!;

    public int MissingTypeVersion { get; set; }

    /// <summary>What the definition said, restored when the type is known again.</summary>
    public string OriginalActivityJson { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) =>
        throw new InvalidOperationException($"Activity type '{MissingTypeName}' version '{MissingTypeVersion}' could not be found.");
}
