using System.Reflection;

namespace Elsa.Workflows.UIHints.Dropdown;

/// <summary>One choice.</summary>
/// <param name="Text">What the designer shows.</param>
/// <param name="Value">What the definition stores.</param>
public record SelectListItem(string Text, string Value);

/// <summary>The choices of an input.</summary>
/// <param name="Items">In the order in which they are offered.</param>
public record SelectList(ICollection<SelectListItem> Items);

/// <summary>The settings of the editor.</summary>
public class DropDownProps
{
    /// <summary>What may be chosen; null is nothing.</summary>
    public SelectList? SelectList { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public string? ProviderName { get; set; }
}

/// <summary>Offers choices that are found when the designer asks.</summary>
public abstract class DropDownOptionsProviderBase : IPropertyUIHandler
{
    /// <inheritdoc />
    public float Priority { get; }

    /// <summary>Whether the choices depend on other inputs.</summary>
    protected virtual bool RefreshOnChange => false;

    /// <inheritdoc />
    public virtual async ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default)
    {
        var options = GetUIPropertyAdditionalOptions();
        options[InputUIHints.DropDown] = new DropDownProps { SelectList = new SelectList(await GetItemsAsync(propertyInfo, context, cancellationToken)) };
        return options;
    }

    /// <summary>Override to name the choices.</summary>
    protected abstract ValueTask<ICollection<SelectListItem>> GetItemsAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken);

    /// <summary>Override to add settings beside the choices; the base asks the designer to ask again when other inputs change, if <see cref="RefreshOnChange"/> says so.</summary>
    protected virtual IDictionary<string, object> GetUIPropertyAdditionalOptions() =>
        RefreshOnChange ? new Dictionary<string, object>(StringComparer.Ordinal) { ["Refresh"] = true } : new(StringComparer.Ordinal);
}
