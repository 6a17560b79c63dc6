using System.Reflection;

namespace Elsa.Workflows.UIHints.CodeEditor;

/// <summary>The settings of the editor.</summary>
public class CodeEditorOptions
{
    /// <summary>As CSS writes a length; null leaves it to the designer.</summary>
    public string? EditorHeight { get; set; }

    /// <summary>The language as the Monaco editor calls it, such as <c>javascript</c>; null is plain text.</summary>
    public string? Language { get; set; }

    /// <summary>Whether the editor is one line high; null is several.</summary>
    public bool? SingleLineMode { get; set; }
}

/// <summary>Sets the language of a code editor.</summary>
public abstract class CodeEditorOptionsProviderBase : PropertyUIHandlerBase
{
    /// <inheritdoc />
    public override ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default) =>
        new(new Dictionary<string, object>(StringComparer.Ordinal) { [InputUIHints.CodeEditor] = GetCodeEditorOptions(propertyInfo, context) });

    /// <summary>Override to set more than the language.</summary>
    protected virtual CodeEditorOptions GetCodeEditorOptions(PropertyInfo propertyInfo, object? context) =>
        new() { Language = GetLanguage(propertyInfo, context) is { Length: > 0 } language ? language : null };

    /// <summary>Override to name the language as the Monaco editor calls it; empty is plain text.</summary>
    protected virtual string GetLanguage(PropertyInfo propertyInfo, object? context) => "";
}
