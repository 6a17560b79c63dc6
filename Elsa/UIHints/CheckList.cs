using System.Reflection;

namespace Elsa.Workflows.UIHints.CheckList;

/// <summary>One choice.</summary>
/// <param name="Text">What the designer shows.</param>
/// <param name="Value">What the definition stores.</param>
public record CheckListItem(string Text, string Value);

/// <summary>The choices of an input.</summary>
public class CheckList
{
    /// <summary>What may be ticked, in this order.</summary>
    public IEnumerable<CheckListItem> Items { get; set; } = null!;

    /// <summary>Whether the ticks are bits of an enumeration rather than items of a list.</summary>
    public bool IsFlagsEnum { get; set; }
}

/// <summary>The settings of the editor.</summary>
public class CheckListProps
{
    /// <summary>What the editor shows; null is nothing.</summary>
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

    /// <summary>Override to name the choices.</summary>
    protected abstract ValueTask<ICollection<CheckListItem>> GetItemsAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken);

    /// <summary>Override to add settings beside the choices; the base asks the designer to ask again when other inputs change, if <see cref="RefreshOnChange"/> says so.</summary>
    protected virtual IDictionary<string, object> GetUIPropertyAdditionalOptions() =>
        RefreshOnChange ? new Dictionary<string, object>(StringComparer.Ordinal) { ["Refresh"] = true } : new(StringComparer.Ordinal);
}
