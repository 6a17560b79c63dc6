using System.Collections.Frozen;
using static TongBan.Domain.Cases.CaseState;

namespace TongBan.Domain.Cases;

/// <summary>The life cycle of a case: names, codes, and which state may follow which.</summary>
public static class LifeCycle
{
    private static readonly FrozenDictionary<CaseState, (string Name, CaseState[] Next)> Table =
        new Dictionary<CaseState, (string, CaseState[])>
        {
            [Draft] = ("暂存", [Received, Withdrawn, Archived]),
            [Received] = ("已收件", [Supplementing, Accepted, NotAccepted, Forwarded, Withdrawn]),
            [Supplementing] = ("补正中", [Received, Accepted, Forwarded, Reviewing, Withdrawn, Archived]),
            [Accepted] = ("已受理", [Supplementing, Forwarded, Reviewing, Withdrawn]),
            [NotAccepted] = ("不予受理", [Archived]),
            [Forwarded] = ("已转办", [Received, Supplementing, Accepted, NotAccepted, Reviewing, Withdrawn]),
            [Reviewing] = ("审批中", [Supplementing, Accepted, NotAccepted, Forwarded, SpecialProcedure, Decided, Withdrawn]),
            [SpecialProcedure] = ("特别程序", [Reviewing, Withdrawn]),
            [Decided] = ("已办结", [Delivering, AwaitingPickup, Delivered, Archived]),
            [Delivering] = ("寄送中", [Delivered, AwaitingPickup, Decided, Archived]),
            [AwaitingPickup] = ("待领取", [Delivered, Delivering, Decided, Archived]),
            [Delivered] = ("已送达", [Archived]),
            [Withdrawn] = ("已撤件", [Archived]),
            [Archived] = ("已归档", []),
        }.ToFrozenDictionary();

    /// <summary>The state's code in the database and the API: camelCase, for example <c>awaitingPickup</c>.</summary>
    public static string Code(this CaseState state) => Codes.Of(state);

    /// <summary>The state's Chinese name. What was picked up reads 已领取, what a courier brought reads 已送达.</summary>
    public static string Name(this CaseState state, bool pickedUp = false) =>
        state == Delivered && pickedUp ? "已领取" : Table[state].Name;

    /// <summary>Whether a case may go from one state to the other; staying where it is, it may.</summary>
    public static bool Allows(CaseState from, CaseState to) => from == to || Table[from].Next.Contains(to);

    /// <summary>Whether the applicant may still withdraw: until the decision.</summary>
    public static bool MayWithdraw(CaseState state) => Table[state].Next.Contains(Withdrawn);
}
