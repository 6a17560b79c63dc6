using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;

namespace Elsa.Workflows.Activities;

/// <summary>Stands where a definition names a type that this host does not know, and keeps the definition's text for it.</summary>
[Browsable(false)]
[Activity("Elsa", "System", "A placeholder activity that will be used in case a workflow definition references an activity type that cannot be found.")]
public class NotFoundActivity : CodeActivity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public NotFoundActivity([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Stands for an activity of the type <paramref name="missingTypeName"/>.</summary>
    public NotFoundActivity(string missingTypeName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => MissingTypeName = missingTypeName;

    /// <summary>The type that the definition names, as in <c>Acme.Double</c>.</summary>
    public string MissingTypeName { get; set; } = null!;

    /// <summary>The version of that type; always 0 where a definition is read, as in the original: no version of the type is known.</summary>
    public int MissingTypeVersion { get; set; }

    /// <summary>What the definition said, restored when the type is known again.</summary>
    public string OriginalActivityJson { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) =>
        throw new ActivityNotFoundException(MissingTypeName, MissingTypeVersion);
}
