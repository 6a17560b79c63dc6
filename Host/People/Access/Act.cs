namespace TongBan.Host.People.Access;

/// <summary>What somebody may want to do.</summary>
internal enum Act
{
    // In a case.
    OpenCase,
    ViewCase,
    RevealPersonal,
    UploadMaterial,
    DownloadFile,
    PrintPaper,
    WithdrawCase,
    ExtendLimit,
    SightOriginal,
    ReturnPapers,
    CancelParcel,
    FollowUpRating,
    SettleIncident,

    // In the office.
    CallQueue,
    CarryParcels,
    HandToCourier,
    WatchFigures,
    ExportCatalogue,
    KeepCatalogue,
    KeepCalendars,
    KeepPlaces,
    KeepPartners,
    KeepWordings,
    KeepWorkflows,
    KeepUsers,
    KeepRetention,
    WatchJobs,
    ReadAudit,
    EndSessions,
}

/// <summary>Somebody's part in a case, by place.</summary>
[Flags]
internal enum Part
{
    None = 0,

    /// <summary>The hall that took the case in (受理大厅).</summary>
    Receiving = 1,

    /// <summary>The hall where the result is picked up (领取大厅).</summary>
    HandingOver = 2,

    /// <summary>The authority that decides (审批部门).</summary>
    Deciding = 4,

    /// <summary>A parcel of the case is on its way or was (物流).</summary>
    Carrying = 8,

    /// <summary>The person's division owns, receives or decides the case, or the person looks after the whole city.</summary>
    Overseeing = 16,

    /// <summary>What concerns no case.</summary>
    Office = 32,
}
