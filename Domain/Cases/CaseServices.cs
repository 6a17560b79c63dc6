using Microsoft.Extensions.DependencyInjection;
using TongBan.Domain.Approvals;
using TongBan.Domain.Audit;
using TongBan.Domain.Couriers;
using TongBan.Domain.Custody;
using TongBan.Domain.Materials;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Domain.Privacy;
using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Cases;

/// <summary>What runs for cases.</summary>
public static class CaseServices
{
    /// <summary>Registers the stores and the work on cases, one of each per scope, all on the scope's connection.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<KeyRing>()
        .AddSingleton<PersonalSeal>()
        .AddScoped<AuditOrigin>()
        .AddScoped<RetentionRules>()
        .AddScoped<Erasure>()
        .AddScoped<AuditTrail>()
        .AddScoped<AuditStore>()
        .AddSingleton<AuditChain>()
        .AddScoped<CaseNumbers>()
        .AddScoped<CaseStore>()
        .AddScoped<TimelineStore>()
        .AddScoped<TaskStore>()
        .AddScoped<MaterialStore>()
        .AddScoped<SupplementStore>()
        .AddScoped<NoticeStore>()
        .AddScoped<DecisionStore>()
        .AddScoped<ApprovalMessageStore>()
        .AddScoped<SilentCaseStore>()
        .AddScoped<ShipmentStore>()
        .AddScoped<ParcelManifestStore>()
        .AddScoped<CourierStates>()
        .AddScoped<Outbox>()
        .AddScoped<IncidentStore>()
        .AddScoped<PartnerStore>()
        .AddScoped<CaseClocks>()
        .AddScoped<CaseDesk>()
        .AddScoped<Acceptance>()
        .AddScoped<SupplementRound>()
        .AddScoped<SpecialProcedure>()
        .AddScoped<Ruling>()
        .AddScoped<CustodyStore>()
        .AddScoped<Custodian>()
        .AddScoped<MessageWordings>()
        .AddScoped<Messenger>()
        .AddScoped<MaterialsMail>()
        .AddScoped<ReminderStore>()
        .AddScoped<LimitNotices>()
        .AddScoped<ExtensionStore>()
        .AddScoped<Extension>()
        .AddScoped<WorkflowActStore>()
        .AddScoped<WorkflowMoveStore>();
}
