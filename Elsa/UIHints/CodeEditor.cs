using System.Reflection;

namespace Elsa.Workflows.UIHints.CodeEditor;

/// <summary>The settings of the editor.</summary>
public class CodeEditorOptions
{
    public string? EditorHeight { get; set; }

    public string? Language { get; set; }

    public bool? SingleLineMode { get; set; }
}

/// <summary>Sets the language of a code editor.</summary>
public abstract class CodeEditorOptionsProviderBase : PropertyUIHandlerBase
{
    /// <inheritdoc />
    public override ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default) =>
        new(new Dictionary<string, object>(StringComparer.Ordinal) { [InputUIHints.CodeEditor] = GetCodeEditorOptions(propertyInfo, context) });

    protected virtual CodeEditorOptions GetCodeEditorOptions(PropertyInfo propertyInfo, object? context) =>
        new() { Language = GetLanguage(propertyInfo, context) is { Length: > 0 } language ? language : null };

    protected virtual string GetLanguage(PropertyInfo propertyInfo, object? context) => "";
}
