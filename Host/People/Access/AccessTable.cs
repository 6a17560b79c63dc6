using TongBan.Domain.People;
using static TongBan.Host.People.Access.Act;
using static TongBan.Host.People.Access.Part;

namespace TongBan.Host.People.Access;

/// <summary>Who may do what, and which part in the case it takes: the one place that says so.</summary>
internal static class AccessTable
{
    private const Part Halls = Receiving | HandingOver;

    /// <summary>One line of the table.</summary>
    internal sealed record Line(Act Act, Part Clerk, Part Approver, Part Logistics, Part Administrator, Part Supervisor, Part Auditor);

    /// <summary>The table. <see cref="Part.None"/> is never.</summary>
    internal static readonly Line[] Lines =
    [
        //                   clerk      approver  logistics  administrator  supervisor  auditor
        new(OpenCase,        Receiving, None,     None,      None,          None,       None),
        new(ViewCase,        Halls,     Deciding, Carrying,  Overseeing,    Overseeing, Overseeing),
        new(RevealPersonal,  Halls,     Deciding, Carrying,  None,          Overseeing, None),
        new(UploadMaterial,  Receiving, Deciding, None,      None,          None,       None),
        new(SightOriginal,   Receiving, None,     None,      None,          None,       None),
        new(DownloadFile,    Halls,     Deciding, None,      None,          Overseeing, None),
        new(PrintPaper,      Halls,     Deciding, Carrying,  None,          Overseeing, None),
        new(WithdrawCase,    Receiving, None,     None,      None,          None,       None),
        new(ExtendLimit,     None,      Deciding, None,      None,          None,       None),
        new(ReturnPapers,    Halls,     Deciding, Carrying,  Overseeing,    None,       None),
        new(CancelParcel,    None,      None,     Carrying,  Overseeing,    None,       None),
        new(FollowUpRating,  None,      None,     None,      Overseeing,    Overseeing, None),
        new(SettleIncident,  None,      None,     Carrying,  Overseeing,    Overseeing, None),
        new(CallQueue,       Office,    None,     None,      None,          None,       None),
        new(CarryParcels,    Office,    None,     Office,    Office,        Office,     None),
        new(HandToCourier,   None,      None,     Office,    None,          None,       None),
        new(WatchFigures,    None,      None,     None,      Office,        Office,     None),
        new(ExportCatalogue, None,      None,     None,      Office,        Office,     None),
        new(KeepCatalogue,   None,      None,     None,      Office,        None,       None),
        new(KeepCalendars,   None,      None,     None,      Office,        None,       None),
        new(KeepPlaces,      None,      None,     None,      Office,        None,       None),
        new(KeepPartners,    None,      None,     None,      Office,        None,       None),
        new(KeepWordings,    None,      None,     None,      Office,        None,       None),
        new(KeepWorkflows,   None,      None,     None,      Office,        None,       None),
        new(KeepUsers,       None,      None,     None,      Office,        None,       None),
        new(KeepRetention,   None,      None,     None,      Office,        None,       None),
        new(WatchJobs,       None,      None,     None,      Office,        None,       None),
        new(ReadAudit,       None,      None,     None,      None,          None,       Office),
        new(EndSessions,     None,      None,     None,      Office,        None,       None),
    ];

    private static readonly Dictionary<Act, Line> ByAct = Lines.ToDictionary(line => line.Act);

    /// <summary>The parts with any of which this role may do it.</summary>
    public static Part Needed(Act act, Role role) => role switch
    {
        Role.Clerk => ByAct[act].Clerk,
        Role.Approver => ByAct[act].Approver,
        Role.Logistics => ByAct[act].Logistics,
        Role.Administrator => ByAct[act].Administrator,
        Role.Supervisor => ByAct[act].Supervisor,
        Role.Auditor => ByAct[act].Auditor,
        _ => None,
    };

    /// <summary>Whether this role may do it with these parts in the case.</summary>
    public static bool Allows(Act act, Role role, Part parts) => (Needed(act, role) & parts) != None;

    /// <summary>Whether there is any case in which this role may do it.</summary>
    public static bool AllowsAnywhere(Act act, Role role) => Needed(act, role) != None;

    /// <summary>Whether there is any place or case in which this person may do it.</summary>
    public static bool May(this Actor actor, Act act) => AllowsAnywhere(act, actor.Role);

    /// <summary>The roles that may do it somewhere.</summary>
    public static IEnumerable<Role> RolesFor(Act act) => Enum.GetValues<Role>().Where(role => AllowsAnywhere(act, role));
}
