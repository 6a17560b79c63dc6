using System.Reflection;

namespace Elsa.Workflows.UIHints.CheckList;

/// <summary>One choice.</summary>
public record CheckListItem(string Text, string Value);

/// <summary>The choices of an input.</summary>
public class CheckList
{
    public IEnumerable<CheckListItem> Items { get; set; } = null!;

    public bool IsFlagsEnum { get; set; }
}

/// <summary>The settings of the editor.</summary>
public class CheckListProps
{
    public CheckList? CheckList { get; set; }
}

/// <summary>Offers choices that are found when the designer asks.</summary>
public abstract class CheckListOptionsProviderBase : PropertyUIHandlerBase
{
    /// <summary>Whether the choices depend on other inputs.</summary>
    protected virtual bool RefreshOnChange => false;

    /// <inheritdoc />
    public override async ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default)
    {
        var options = GetUIPropertyAdditionalOptions();
        options[InputUIHints.CheckList] = new CheckListProps { CheckList = new CheckList { Items = await GetItemsAsync(propertyInfo, context, cancellationToken) } };
        return options;
    }

    protected abstract ValueTask<ICollection<CheckListItem>> GetItemsAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken);

    protected virtual IDictionary<string, object> GetUIPropertyAdditionalOptions() =>
        RefreshOnChange ? new Dictionary<string, object>(StringComparer.Ordinal) { ["Refresh"] = true } : new(StringComparer.Ordinal);
}
