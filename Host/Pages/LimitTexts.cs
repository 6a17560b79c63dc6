using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using TongBan.Domain;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Pages;

/// <summary>
/// Limits in the reader's language. The domain words them in Chinese; their English is in the resource file under
/// <c>Domain.Limit</c> and <c>Domain.Day</c>, and exists in English only.
/// </summary>
internal static class LimitTexts
{
    /// <summary>The limit's name.</summary>
    public static string Limit(this IStringLocalizer<Words> words, LimitKind kind) => words.Find($"Domain.Limit.{Codes.Of(kind)}") ?? LimitWords.Of(kind);

    /// <summary>Why a day counted or not.</summary>
    public static string Day(this IStringLocalizer<Words> words, LimitDay day) => words.Find($"Domain.Day.{day.Rule}") is { } text
        ? string.Format(CultureInfo.InvariantCulture, text, day.Number, day.Name) + (day.Published ? "" : words.Find("Domain.Day.Unpublished"))
        : LimitWords.Of(day);

    /// <summary>How a due date was got, in a paragraph.</summary>
    public static string Explain(this IStringLocalizer<Words> words, LimitKind kind, LimitAnswer answer)
    {
        if (words.Find($"Domain.Limit.Granted.{answer.DayKind}") is not { } granted)
            return LimitWords.Explain(kind, answer);
        var start = answer.Days.First(day => day.Rule == DayRule.StartDay);
        var text = new StringBuilder();
        text.AppendFormat(CultureInfo.InvariantCulture, granted, words.Limit(kind), answer.Budget, start.Date);
        foreach (var rule in answer.Days.Where(day => !day.Counted && day.Rule != DayRule.StartDay).GroupBy(day => day.Rule))
            text.AppendFormat(CultureInfo.InvariantCulture, words.Find($"Domain.Limit.Skipped.{rule.Key}") ?? "", rule.Count());
        if (answer.Due is { } due)
            text.AppendFormat(CultureInfo.InvariantCulture, words.Find("Domain.Limit.Due") ?? "", due);
        else
            text.AppendFormat(CultureInfo.InvariantCulture, words.Find("Domain.Limit.Stopped") ?? "", answer.Used, answer.Left);
        return text.Append(answer.Final ? "" : words.Find("Domain.Limit.Provisional")).ToString();
    }

    private static string? Find(this IStringLocalizer<Words> words, string key) => words[key] is { ResourceNotFound: false } found ? found.Value : null;
}
