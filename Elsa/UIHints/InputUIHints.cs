namespace Elsa.Workflows.UIHints;

/// <summary>The editors that the designer has for inputs.</summary>
public static class InputUIHints
{
    /// <summary>A box to tick, for <see cref="bool"/>.</summary>
    public const string Checkbox = "checkbox";

    /// <summary>Several boxes to tick, for a list with fixed choices.</summary>
    public const string CheckList = "checklist";

    /// <summary>Code with line numbers and colours.</summary>
    public const string CodeEditor = "code-editor";

    /// <summary>Pairs of a name and a value.</summary>
    public const string Dictionary = "dictionary";

    /// <summary>A date and a time of day.</summary>
    public const string DateTimePicker = "datetime-picker";

    /// <summary>One of several choices, folded.</summary>
    public const string DropDown = "dropdown";

    /// <summary>Names that become outcomes of the activity.</summary>
    public const string DynamicOutcomes = "dynamic-outcomes";

    /// <summary>An expression of any syntax.</summary>
    public const string ExpressionEditor = "expression-editor";

    /// <summary>JSON, checked while it is typed.</summary>
    public const string JsonEditor = "json-editor";

    /// <summary>Text of several lines.</summary>
    public const string MultiLine = "multiline";

    /// <summary>A list of short texts.</summary>
    public const string MultiText = "multitext";

    /// <summary>An output of the enclosing definition.</summary>
    public const string OutputPicker = "output-picker";

    /// <summary>An outcome of the enclosing definition.</summary>
    public const string OutcomePicker = "outcome-picker";

    /// <summary>One of several choices, all in view.</summary>
    public const string RadioList = "radiolist";

    /// <summary>Text of one line; the default.</summary>
    public const string SingleLine = "singleline";

    /// <summary>A type by its short name.</summary>
    public const string TypePicker = "type-picker";

    /// <summary>A variable in scope.</summary>
    public const string VariablePicker = "variable-picker";

    /// <summary>An input of the enclosing definition.</summary>
    public const string InputPicker = "input-picker";

    /// <summary>Another definition.</summary>
    public const string WorkflowDefinitionPicker = "workflow-definition-picker";
}
