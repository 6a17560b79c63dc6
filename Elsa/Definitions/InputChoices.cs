using System.Collections;
using System.Reflection;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.UIHints;
using Elsa.Workflows.UIHints.CheckList;
using Elsa.Workflows.UIHints.CodeEditor;
using Elsa.Workflows.UIHints.Dropdown;
using Elsa.Workflows.UIHints.RadioList;

namespace Elsa.Definitions;

/// <summary>The choices a list editor offers when they are fixed: those of an enum or of the attribute.</summary>
internal static class InputChoices
{
    public static Dictionary<string, object> Of(Type type, InputAttribute? attribute, string hint)
    {
        if (hint == InputUIHints.JsonEditor)
            return new(StringComparer.Ordinal) { [InputUIHints.CodeEditor] = new CodeEditorOptions { Language = "json" } };
        if (hint == InputUIHints.CodeEditor && attribute?.Options is string language)
            return new(StringComparer.Ordinal) { [hint] = new CodeEditorOptions { Language = language } };
        var items = Items(type, attribute?.Options);
        if (items.Count == 0)
            return new(StringComparer.Ordinal);
        object props = hint switch
        {
            InputUIHints.DropDown => new DropDownProps { SelectList = new SelectList(items) },
            InputUIHints.CheckList => new CheckListProps { CheckList = new CheckList { Items = [.. items.Select(item => new CheckListItem(item.Text, item.Value))] } },
            InputUIHints.RadioList => new RadioListProps { RadioList = new RadioList { Items = [.. items.Select(item => new RadioListItem(item.Text, item.Value))] } },
            _ => items,
        };
        return new(StringComparer.Ordinal) { [hint] = props };
    }

    private static List<SelectListItem> Items(Type type, object? options)
    {
        if (options is IEnumerable<SelectListItem> ready)
            return [.. ready];
        if (options is IEnumerable values and not string)
            return [.. values.Cast<object>().Select(value => new SelectListItem(value.ToString()!, value.ToString()!))];
        var choice = type.IsEnum ? type : type.IsGenericType && type.GenericTypeArguments is [{ IsEnum: true } item] ? item : null;
        return choice is null ? [] : [.. Enum.GetNames(choice).Select(name => new SelectListItem(DisplayNameOf(choice, name), name))];
    }

    private static string DisplayNameOf(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<System.ComponentModel.DataAnnotations.DisplayAttribute>()?.Name ?? name;
}
