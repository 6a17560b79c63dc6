using Microsoft.Extensions.Localization;
using TongBan.Domain;
using TongBan.Domain.Cases;

namespace TongBan.Host.Pages;

/// <summary>
/// The pages' texts: <c>Words.resx</c> in Chinese, <c>Words.en.resx</c> in English. What the domain words itself
/// (states, tasks, refusals) is Chinese; its English is looked up by code under <c>Domain.</c> and exists in English only.
/// </summary>
public sealed class Words;

/// <summary>The domain's words in the reader's language.</summary>
internal static class DomainWords
{
    /// <summary>The state's name.</summary>
    public static string State(this IStringLocalizer<Words> words, CaseState state, string chinese) => words.Find($"Domain.State.{Codes.Of(state)}") ?? chinese;

    /// <summary>What a task of this kind asks for.</summary>
    public static string Task(this IStringLocalizer<Words> words, string kind, string chinese) => words.Find($"Domain.Task.{kind}") ?? chinese;

    /// <summary>A refusal, by its code and field when there is an English one.</summary>
    public static string Refusal(this IStringLocalizer<Words> words, Refusal refusal) =>
        words.Find($"Domain.Refusal.{refusal.Code}.{refusal.Field}") ?? words.Find($"Domain.Refusal.{refusal.Code}") ?? refusal.Message;

    /// <summary>What a task's outcome is called on its button.</summary>
    public static string Outcome(this IStringLocalizer<Words> words, string kind, string outcome) =>
        words.Find($"Outcome.{kind}.{outcome}") ?? words[$"Outcome.{outcome}"];

    private static string? Find(this IStringLocalizer<Words> words, string key) => words[key] is { ResourceNotFound: false } found ? found.Value : null;
}
