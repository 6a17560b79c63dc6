namespace TongBan.Domain.Couriers;

/// <summary>Where a parcel is; our own neutral states, each provider's are mapped to them.</summary>
public enum ShipmentState
{
    /// <summary>待寄出: to be ordered or handed over.</summary>
    Created,

    /// <summary>已揽收.</summary>
    Collected,

    /// <summary>运输中.</summary>
    InTransit,

    /// <summary>派送中.</summary>
    OutForDelivery,

    /// <summary>已签收.</summary>
    Signed,

    /// <summary>拒收.</summary>
    Refused,

    /// <summary>已退回.</summary>
    Returned,

    /// <summary>丢失.</summary>
    Lost,

    /// <summary>已取消.</summary>
    Cancelled,
}

/// <summary>Which way a parcel goes.</summary>
public enum ShipmentLeg
{
    /// <summary>材料: from the window to the authority.</summary>
    Materials,

    /// <summary>结果: from the hall to the applicant.</summary>
    Result,
}

/// <summary>A sender or recipient, as the courier needs it.</summary>
public sealed record Party(string Name, string Phone, string Address);

/// <summary>A parcel of a case.</summary>
/// <param name="Step">The key of what is written for the parcel: the workflow step's, with a number for each further parcel of the step.</param>
public sealed record Shipment(
    Guid Id, string CaseNumber, ShipmentLeg Leg, Party Sender, Party Recipient, IReadOnlyList<string> Contents, string Provider,
    string? OrderNo, string? Waybill, ShipmentState State, string? SignedBy, DateTimeOffset ChangedAt, string Step, DateTimeOffset CreatedAt)
{
    /// <summary>The state's Chinese name.</summary>
    public string StateName => State switch
    {
        ShipmentState.Created => "待寄出",
        ShipmentState.Collected => "已揽收",
        ShipmentState.InTransit => "运输中",
        ShipmentState.OutForDelivery => "派送中",
        ShipmentState.Signed => "已签收",
        ShipmentState.Refused => "拒收",
        ShipmentState.Returned => "已退回",
        ShipmentState.Lost => "丢失",
        _ => "已取消",
    };

    /// <summary>Whether somebody has to choose what happens next.</summary>
    public bool IsInTrouble => IsOver && State != ShipmentState.Signed;

    /// <summary>Whether nothing more will come of it.</summary>
    public bool IsOver => State is ShipmentState.Signed or ShipmentState.Refused or ShipmentState.Returned or ShipmentState.Lost or ShipmentState.Cancelled;
}

/// <summary>One tracking event of a parcel.</summary>
public sealed record ShipmentEvent(string MessageId, ShipmentState State, DateTimeOffset At, string? Place, string? SignedBy);
