using Elsa.Expressions.Models;
using Elsa.Http;
using Elsa.Workflows;

namespace Elsa.Extensions;

/// <summary>Links that resume a bookmark of the running instance, for whoever has them.</summary>
public static class BookmarkExecutionContextExtensions
{
    /// <summary>A link that works for a while.</summary>
    public static string GenerateBookmarkTriggerUrl(this ActivityExecutionContext context, string bookmarkId, TimeSpan lifetime) => context.ExpressionExecutionContext.GenerateBookmarkTriggerUrl(bookmarkId, lifetime);

    /// <summary>A link that works until a moment.</summary>
    public static string GenerateBookmarkTriggerUrl(this ActivityExecutionContext context, string bookmarkId, DateTimeOffset expiresAt) => context.ExpressionExecutionContext.GenerateBookmarkTriggerUrl(bookmarkId, expiresAt);

    /// <summary>A link that works as long as the bookmark is there.</summary>
    public static string GenerateBookmarkTriggerUrl(this ActivityExecutionContext context, string bookmarkId) => context.ExpressionExecutionContext.GenerateBookmarkTriggerUrl(bookmarkId);

    /// <summary>The token of such a link.</summary>
    public static string GenerateBookmarkTriggerToken(this ActivityExecutionContext context, string bookmarkId, TimeSpan? lifetime = null, DateTimeOffset? expiresAt = null) =>
        context.ExpressionExecutionContext.GenerateBookmarkTriggerToken(bookmarkId, lifetime, expiresAt);

    /// <inheritdoc cref="GenerateBookmarkTriggerUrl(ActivityExecutionContext,string,TimeSpan)" />
    public static string GenerateBookmarkTriggerUrl(this ExpressionExecutionContext context, string bookmarkId, TimeSpan lifetime) => Url(context, context.GenerateBookmarkTriggerToken(bookmarkId, lifetime));

    /// <inheritdoc cref="GenerateBookmarkTriggerUrl(ActivityExecutionContext,string,DateTimeOffset)" />
    public static string GenerateBookmarkTriggerUrl(this ExpressionExecutionContext context, string bookmarkId, DateTimeOffset expiresAt) => Url(context, context.GenerateBookmarkTriggerToken(bookmarkId, expiresAt: expiresAt));

    /// <inheritdoc cref="GenerateBookmarkTriggerUrl(ActivityExecutionContext,string)" />
    public static string GenerateBookmarkTriggerUrl(this ExpressionExecutionContext context, string bookmarkId) => Url(context, context.GenerateBookmarkTriggerToken(bookmarkId));

    /// <inheritdoc cref="GenerateBookmarkTriggerToken(ActivityExecutionContext,string,TimeSpan?,DateTimeOffset?)" />
    public static string GenerateBookmarkTriggerToken(this ExpressionExecutionContext context, string bookmarkId, TimeSpan? lifetime = null, DateTimeOffset? expiresAt = null) =>
        context.GetRequiredService<ResumeLinks>().Token(new(context.GetWorkflowExecutionContext().Id, BookmarkId: bookmarkId), lifetime, expiresAt);

    private static string Url(ExpressionExecutionContext context, string token) => context.GetRequiredService<ResumeLinks>().Url("bookmarks/resume", token);
}

/// <summary>Links that bring an event to the running instance, for whoever has them.</summary>
public static class EventExpressionExecutionContextExtensions
{
    /// <summary>A link that works for a while.</summary>
    public static string GenerateEventTriggerUrl(this ExpressionExecutionContext context, string eventName, TimeSpan lifetime) => Url(context, eventName, lifetime, null);

    /// <summary>A link that works until a moment.</summary>
    public static string GenerateEventTriggerUrl(this ExpressionExecutionContext context, string eventName, DateTimeOffset expiresAt) => Url(context, eventName, null, expiresAt);

    /// <summary>A link that works as long as the instance does.</summary>
    public static string GenerateEventTriggerUrl(this ExpressionExecutionContext context, string eventName) => Url(context, eventName, null, null);

    private static string Url(ExpressionExecutionContext context, string eventName, TimeSpan? lifetime, DateTimeOffset? expiresAt)
    {
        var links = context.GetRequiredService<ResumeLinks>();
        return links.Url("events/trigger", links.Token(new(context.GetWorkflowExecutionContext().Id, EventName: eventName), lifetime, expiresAt));
    }
}
