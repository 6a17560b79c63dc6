using TongBan.Host.Features.Audit;
using TongBan.Host.Features.Calendars;
using TongBan.Host.Features.Cases;
using TongBan.Host.Features.Catalogue;
using TongBan.Host.Features.Incidents;
using TongBan.Host.Features.Limits;
using TongBan.Host.Features.People;
using TongBan.Host.Features.Privacy;
using TongBan.Host.Features.Logistics;
using TongBan.Host.Features.Papers;
using TongBan.Host.Features.Partners;
using TongBan.Host.Features.Places;
using TongBan.Host.Features.Queue;
using TongBan.Host.Features.Studio;
using TongBan.Host.Features.Supervision;
using TongBan.Host.Features.Tasks;
using TongBan.Host.Features.Tracking;
using TongBan.Host.Features.Workflows;
using TongBan.Host.People.Access;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Studio;

namespace TongBan.Host.Features;

/// <summary>The product's API: each feature with its handler and its address.</summary>
internal static class FeatureList
{
    public static void AddFeatures(this IServiceCollection services) => services
        .AddScoped<CaseParts>()
        .AddScoped<CaseAccess>()
        .AddScoped<ImportItems>()
        .AddScoped<EditItem>()
        .AddScoped<OpenCase>()
        .AddScoped<GetCase>()
        .AddScoped<ListCases>()
        .AddScoped<WindowDay>()
        .AddScoped<UploadMaterial>()
        .AddScoped<SightOriginal>()
        .AddScoped<ReuseLicence>()
        .AddScoped<ResumableUpload>()
        .AddScoped<ApplicantHistory>()
        .AddScoped<PaperWordings>()
        .AddScoped<NoticePrints>()
        .AddScoped<KeepWordings>()
        .AddScoped<KeepMessageWords>()
        .AddScoped<EditPlace>()
        .AddScoped<HallQueue>()
        .AddScoped<LogisticsBoard>()
        .AddScoped<Dashboard>()
        .AddScoped<RatingFollowUp>()
        .AddScoped<Governance>()
        .AddScoped<WithdrawCase>()
        .AddScoped<ExplainLimit>()
        .AddScoped<ExtendLimit>()
        .AddScoped<ListReminders>()
        .AddScoped<KeepCalendar>()
        .AddScoped<ShowCalendar>()
        .AddScoped<KeepHallHours>()
        .AddScoped<ListTasks>()
        .AddScoped<CompleteTask>()
        .AddScoped<TrackCase>()
        .AddScoped<RateCase>()
        .AddScoped<IncidentRemedies>()
        .AddScoped<SettleIncident>()
        .AddScoped<RevealPersonal>()
        .AddScoped<ErasePersonal>()
        .AddScoped<ReadAudit>()
        .AddSingleton<RecentViews>()
        .AddScoped<ViewLog>()
        .AddScoped<Sessions>()
        .AddScoped<UserRules>()
        .AddScoped<Users>()
        .AddScoped<ChangeUser>()
        .AddScoped<SettleIncidents>()
        .AddScoped<ListIncidents>()
        .AddScoped<HolderNames>()
        .AddScoped<ManageCustody>()
        .AddScoped<ManageParcel>()
        .AddScoped<HandToCourier>()
        .AddScoped<ListPartners>()
        .AddScoped<ManagePartner>()
        .AddScoped<PublishWorkflow>()
        .AddScoped<ItemWorkflow>()
        .AddScoped<CompareWorkflow>()
        .AddScoped<SimulateWorkflow>()
        .AddScoped<MoveCases>()
        .AddStudio();

    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api");
        api.MapCatalogue();
        ImportItems.Map(api);
        ExportItems.Map(api);
        OpenCase.Map(api);
        GetCase.Map(api);
        ListCases.Map(api);
        UploadMaterial.Map(api);
        SightOriginal.Map(api);
        ReuseLicence.Map(api);
        ResumableUpload.Map(api);
        DownloadMaterial.Map(api);
        DownloadResult.Map(api);
        WithdrawCase.Map(api);
        ExplainLimit.Map(api);
        ExtendLimit.Map(api);
        ListReminders.Map(api);
        api.MapCalendars();
        KeepHallHours.Map(api);
        PrintDocument.Map(api);
        ListTasks.Map(api);
        CompleteTask.Map(api);
        TrackCase.Map(api);
        RateCase.Map(api);
        ExportFigures.Map(api);
        SettleIncident.Map(api);
        RevealPersonal.Map(api);
        ErasePersonal.Map(api);
        ReadAudit.Map(api);
        Sessions.Map(api);
        Users.Map(api);
        ChangeUser.Map(api);
        KeepWordings.Map(api);
        KeepMessageWords.Map(api);
        SettleIncidents.Map(api);
        ListIncidents.Map(api);
        ManageCustody.Map(api);
        ManageParcel.Map(api);
        HandToCourier.Map(api);
        ManagePartner.Map(api);
        PublishWorkflow.Map(api);
        ItemWorkflow.Map(api);
        CompareWorkflow.Map(api);
        SimulateWorkflow.Map(api);
        MoveCases.Map(api);

        var studio = app.MapStudio().RequireAuthorization(Policies.For(Act.KeepWorkflows));
        StudioSession.Map(studio);
        CaseOfInstance.Map(studio);
    }
}
