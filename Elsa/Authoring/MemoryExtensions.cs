using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Extensions;

/// <summary>Reads and sets memory from an activity.</summary>
public static class MemoryBlockReferenceExtensions
{
    /// <summary>The value in the nearest scope.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public static object? Get(this MemoryBlockReference reference, ActivityExecutionContext context) => reference.Get(context.ExpressionExecutionContext);

    /// <summary>The value in the nearest scope, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public static T? Get<T>(this MemoryBlockReference reference, ActivityExecutionContext context) => reference.Get(context).ConvertTo<T>();

    /// <summary>Sets the value in the nearest scope that has it; where none has, declares it in the nearest container.</summary>
    public static void Set(this MemoryBlockReference reference, ActivityExecutionContext context, object? value)
    {
        var scope = context.ExpressionExecutionContext;
        if (!scope.TryGetBlock(reference, out _))
            scope = context.FindParentWithVariableContainer()?.ExpressionExecutionContext ?? context.WorkflowExecutionContext.ExpressionExecutionContext;
        scope.Set(reference, value);
    }

    /// <summary>The value of a cell by its id, in the nearest scope; null when there is none.</summary>
    public static object? Get(this ExpressionExecutionContext context, string blockId) =>
        context.TryGetBlock(new MemoryBlockReference(blockId), out var block) ? block.Value : null;

    /// <summary>The value of a cell by its id, in the nearest scope; null when there is none.</summary>
    public static object? Get(this ActivityExecutionContext context, string blockId) => context.ExpressionExecutionContext.Get(blockId);
}

/// <summary>Adds variables to a container.</summary>
public static class VariableCollectionExtensions
{
    /// <summary>Adds a variable, unless there is one of its name.</summary>
    public static void Declare(this ICollection<Variable> variables, Variable variable)
    {
        if (variables.All(known => !string.Equals(known.Name, variable.Name, StringComparison.Ordinal)))
            variables.Add(variable);
    }
}

/// <summary>Reads bookmarks.</summary>
public static class BookmarkExtensions
{
    /// <summary>Those that wait at activities of the type <typeparamref name="T"/>.</summary>
    public static IEnumerable<Bookmark> Filter<T>(this IEnumerable<Bookmark> bookmarks) where T : IActivity =>
        bookmarks.Filter(Workflows.Helpers.ActivityTypeNameHelper.GenerateTypeName<T>());

    /// <summary>Those of a name.</summary>
    public static IEnumerable<Bookmark> Filter(this IEnumerable<Bookmark> bookmarks, string name) => bookmarks.Where(bookmark => bookmark.Name == name);

    /// <summary>What a stimulus has to say for the bookmark, as a <typeparamref name="T"/>.</summary>
    public static T GetPayload<T>(this Bookmark bookmark) => bookmark.Payload.ConvertTo<T>()!;
}

/// <summary>For loops: whether one is being broken off.</summary>
public static class BreakBehaviorActivityExecutionContextExtensions
{
    private const string Key = "IsBreaking";

    /// <summary>Whether the loop's body has asked for its end; the loop then completes instead of going on.</summary>
    public static bool GetIsBreaking(this ActivityExecutionContext context) => context.GetProperty<bool>(Key);

    /// <summary>Notes that the loop is to end.</summary>
    public static void SetIsBreaking(this ActivityExecutionContext context) => context.SetProperty(Key, true);
}
