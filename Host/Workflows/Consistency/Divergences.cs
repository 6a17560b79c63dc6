namespace TongBan.Host.Workflows.Consistency;

/// <summary>Every divergence that is looked for, in one list.</summary>
internal static class Divergences
{
    public static IReadOnlyList<Divergence> All { get; } =
    [
        new("no-instance", "办件没有在办理的流程", Remedy.Show,
            """
            select c.number as Reference, c.number as CaseNumber, coalesce('流程' || i.sub_status, '没有流程实例') as Detail
            from tongban.cases c left join elsa.instances i on i.id = c.instance_id
            where c.closed_at is null and c.opened_at < @before and (i.id is null or i.status = 'Finished')
            """),
        new("nothing-waits", "办件的流程没有在等待任何事", Remedy.Show,
            """
            select c.number as Reference, c.number as CaseNumber, i.id as Detail
            from tongban.cases c join elsa.instances i on i.id = c.instance_id
            where c.closed_at is null and i.status <> 'Finished' and i.incident_count = 0 and i.updated_at < @before
                and not exists (select from elsa.bookmarks b where b.instance_id = i.id) and not exists (select from elsa.timers t where t.instance_id = i.id)
            """),
        new("task-of-closed", "已归档的办件还有待办", Remedy.CancelTask,
            """
            select t.id::text as Reference, t.case_number as CaseNumber, t.kind as Detail
            from tongban.tasks t join tongban.cases c on c.number = t.case_number where t.state = 'open' and c.closed_at < @before
            """),
        new("task-unheard", "待办已办结而流程没有继续", Remedy.Wake,
            """
            select t.id::text as Reference, t.case_number as CaseNumber, t.kind as Detail
            from tongban.tasks t join tongban.cases c on c.number = t.case_number
            where t.state = 'completed' and not t.consumed and t.completed_at < @before and c.closed_at is null
                and exists (select from elsa.bookmarks b where b.instance_id = c.instance_id and b.activity_instance_id = t.step)
            """),
        new("call-unheard", "物流已接单而流程没有继续", Remedy.Wake,
            """
            select p.id::text as Reference, p.case_number as CaseNumber, p.operation as Detail
            from tongban.partner_calls p join tongban.shipments s on s.step = p.step join tongban.cases c on c.number = p.case_number
            where p.operation = 'createOrder' and p.state = 'done' and p.finished_at < @before and s.waybill is null and c.closed_at is null
                and s.state not in ('cancelled', 'signed')
            """),
        new("call-overdue", "到期的呼叫没有发出", Remedy.HandOut,
            """
            select p.id::text as Reference, p.case_number as CaseNumber, p.operation as Detail from tongban.partner_calls p
            where p.state = 'pending' and p.next_attempt_at < @before and (p.taken_until is null or p.taken_until < @before)
                and not exists (select from tongban.partners x where x.partner_kind = p.partner_kind and x.partner = p.partner and x.paused_at is not null)
            """),
        new("call-unseen", "未成功的呼叫没有异常可见", Remedy.OpenIncident,
            """
            select p.id::text as Reference, p.case_number as CaseNumber, p.last_error as Detail from tongban.partner_calls p
            where p.state = 'failed' and p.finished_at < @before
                and not exists (select from tongban.incidents i where i.source = 'call' and i.reference = p.id::text and i.state = 'open')
            """),
        new("papers-behind", "邮件已签收而材料仍记在邮件中", Remedy.Unpack,
            """
            select distinct s.id::text as Reference, s.case_number as CaseNumber, s.waybill as Detail
            from tongban.shipments s join tongban.papers p on p.holder_kind = 'parcel' and p.holder = s.id::text
            where s.state = 'signed' and s.changed_at < @before
            """),
        new("papers-of-closed", "已归档的办件还有材料在邮件中", Remedy.Show,
            """
            select distinct c.number as Reference, c.number as CaseNumber, p.name as Detail
            from tongban.papers p join tongban.cases c on c.number = p.case_number left join tongban.shipments s on s.id::text = p.holder
            where p.holder_kind = 'parcel' and c.closed_at < @before and s.state is distinct from 'lost' and s.state is distinct from 'signed'
            """),
        new("parcel-of-closed", "已归档的办件还有邮件在途", Remedy.Show,
            """
            select s.id::text as Reference, s.case_number as CaseNumber, s.waybill as Detail
            from tongban.shipments s join tongban.cases c on c.number = s.case_number
            where s.waybill is not null and s.state in ('created', 'collected', 'inTransit', 'outForDelivery') and c.closed_at < @before
            """),
        new("message-untaken", "审批系统的消息没有用上", Remedy.Show,
            """
            select m.authority || '/' || m.message_id as Reference, m.case_number as CaseNumber, m.kind as Detail
            from tongban.approval_messages m join tongban.cases c on c.number = m.case_number where m.taken_by is null and m.kind <> 'acknowledged' and c.closed_at < @before
            """),
        new("timer-overdue", "到期的定时没有触发", Remedy.FireTimer,
            """
            select t.id as Reference, c.number as CaseNumber, t.id as Detail
            from elsa.timers t join tongban.cases c on c.instance_id = t.instance_id
            where t.due_at < @before and (t.handed_until is null or t.handed_until < @before)
            """),
    ];
}
