using System.Net.Mail;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Places;

namespace TongBan.Host.Features.Cases;

/// <summary>An application whose every part was found and fits.</summary>
internal sealed record CaseApplication(
    ServiceItem Item, Applicant Applicant, Hall Hall, int Window, Division Jurisdiction, Authority Authority, Delivery Delivery);

/// <summary>A clerk opens cases in the hall where the clerk works.</summary>
internal sealed record NotYourHall(string Hall) : Refusal(RefusalKind.NotAllowed, "not_your_hall", $"您不在{Hall}值守，不能在该大厅收件", "hall");

/// <summary>Checks of what was typed.</summary>
internal static class ApplicantRules
{
    private const int LongestName = 100;

    /// <summary>The applicant, or what is wrong, by field.</summary>
    public static Result<Applicant> Check(this OpenCaseApplicant typed)
    {
        var wrong = typed switch
        {
            { Type: null } => new FieldInvalid("applicant.type", "请选择申请人类型：person 自然人，或 organisation 法人"),
            _ => Text("name", typed.Name, LongestName, "请填写申请人姓名或名称")
                ?? Text("idNumber", typed.IdNumber, 40, "请填写证件号码")
                ?? Text("phone", typed.Phone, 30, "请填写联系电话")
                ?? (typed.Email is { Length: > 0 } email && (email.Length > 200 || !MailAddress.TryCreate(email, out _)) ? new FieldInvalid("applicant.email", "电子邮箱格式不正确") : null)
                ?? (typed.IdOverrideReason?.Length > 200 ? new FieldInvalid("applicant.idOverrideReason", "理由不超过 200 字") : null),
        };
        return wrong is not null
            ? wrong
            : new Applicant(typed.Type!.Value, typed.Name!.Trim(), typed.IdNumber!.Trim().ToUpperInvariant(), typed.Phone!.Trim(), Blank(typed.Email), Blank(typed.IdOverrideReason));
    }

    /// <summary>What is odd about this sort of applicant for the item, or null. The clerk decides: some organisations are applied for by the person who founds them.</summary>
    public static string? Doubt(ServiceItem item, ApplicantType type) => (item.Target, type) switch
    {
        (ItemTarget.Person, ApplicantType.Organisation) => "此事项面向自然人，申请人登记为法人，请核对",
        (ItemTarget.Organisation, ApplicantType.Person) => "此事项面向法人和其他组织，申请人登记为自然人，请核对",
        _ => null,
    };

    private static FieldInvalid? Text(string field, string? value, int longest, string problem) =>
        string.IsNullOrWhiteSpace(value) ? new FieldInvalid("applicant." + field, problem)
        : value.Any(IsUnseen) ? new FieldInvalid("applicant." + field, "含有不能显示的控制字符，请删去")
        : value.Length > longest ? new FieldInvalid("applicant." + field, $"不超过 {longest} 字")
        : null;

    /// <summary>Control characters, and those that turn what follows around so that a name reads as another. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing</summary>
    private static bool IsUnseen(char sign) => char.IsControl(sign) || sign is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
