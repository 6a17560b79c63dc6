using System.Reflection;
using Elsa.Workflows.UIHints.Dropdown;

namespace TongBan.Activities;

/// <summary>A drop-down list with Chinese texts for an input that takes one of a few values.</summary>
/// <param name="choices">Each value as it is stored, and the text that people see.</param>
public abstract class Choices(params (string Value, string Text)[] choices) : DropDownOptionsProviderBase
{
    /// <summary>Whether the input may take this value.</summary>
    public bool Offers(string value) => choices.Any(c => c.Value == value);

    /// <inheritdoc />
    protected override ValueTask<ICollection<SelectListItem>> GetItemsAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken) =>
        new(choices.Select(c => new SelectListItem(c.Text, c.Value)).ToList());
}
