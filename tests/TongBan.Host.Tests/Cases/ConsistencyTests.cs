using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Host.Workflows.Consistency;
using Xunit;

namespace TongBan.Host.Tests.Cases;

/// <summary>Each kind of divergence is injected into a case; the check heals it or shows it.</summary>
public sealed class ConsistencyTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Check_OfSoundCases_FindsNothing()
    {
        var number = await _counter.AcceptedAsync();

        await CheckAsync();

        (await IncidentsAsync(number)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no-instance", "update tongban.cases set instance_id = 'gone' where number = @number")]
    [InlineData("nothing-waits", "delete from elsa.timers where instance_id = (select instance_id from tongban.cases where number = @number); delete from elsa.bookmarks where instance_id = (select instance_id from tongban.cases where number = @number)")]
    [InlineData("parcel-of-closed", "update tongban.cases set closed_at = now() - interval '1 day' where number = @number; insert into tongban.shipments (id, case_number, leg, step, contents, provider, order_no, waybill, state, created_at, changed_at) values (gen_random_uuid(), @number, 'result', gen_random_uuid()::text, '[]', 'unified', @number, @number, 'inTransit', now(), now())")]
    [InlineData("papers-of-closed", "update tongban.cases set closed_at = now() - interval '1 day' where number = @number; insert into tongban.papers values (gen_random_uuid(), @number, 'material', 'M01', '示例', 'parcel', gen_random_uuid()::text, now())")]
    [InlineData("message-untaken", "update tongban.cases set closed_at = now() - interval '1 day' where number = @number; insert into tongban.approval_messages values ('a', @number, @number, 'decided', now(), '{}', now(), null)")]
    public async Task Check_WhatIsUncertain_IsAnIncident(string code, string injection)
    {
        var number = await InjectedAsync(injection);

        await CheckAsync();

        (await IncidentsAsync(number)).ShouldContain(reference => reference.StartsWith(code + "/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("insert into tongban.tasks (id, case_number, kind, step, round, role, opened_at) values (gen_random_uuid(), @number, 'accept', gen_random_uuid()::text, 1, 'clerk', now()); update tongban.cases set closed_at = now() - interval '1 day' where number = @number",
        "select count(*) from tongban.tasks where case_number = @number and state = 'open'")]
    [InlineData("insert into tongban.partner_calls (id, partner_kind, partner, operation, case_number, step, payload, state, next_attempt_at, created_at, finished_at, last_error) values (gen_random_uuid(), 'sms', 'sms', 'sendSms', @number, gen_random_uuid()::text, '{}', 'failed', now(), now(), now() - interval '1 day', 'x')",
        "select count(*) from tongban.partner_calls p where p.case_number = @number and state = 'failed' and not exists (select from tongban.incidents i where i.reference = p.id::text and i.state = 'open')")]
    [InlineData("with s as (insert into tongban.shipments (id, case_number, leg, step, contents, provider, waybill, state, created_at, changed_at) values (gen_random_uuid(), @number, 'materials', gen_random_uuid()::text, '[]', 'unified', @number, 'signed', now(), now() - interval '1 day') returning id) insert into tongban.papers select gen_random_uuid(), @number, 'material', 'M01', '示例', 'parcel', id::text, now() from s",
        "select count(*) from tongban.papers where case_number = @number and holder_kind = 'parcel'")]
    public async Task Check_WhatIsCertain_IsHealed(string injection, string left)
    {
        var number = await InjectedAsync(injection);
        (await ScalarAsync(left, number)).ShouldBeGreaterThan(0);

        await CheckAsync();

        (await ScalarAsync(left, number)).ShouldBe(0);
    }

    [Fact]
    public async Task Check_TaskThatNobodyHeardOf_GoesOn()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        await InjectAsync("""update tongban.tasks set state = 'completed', outcome = 'Complete', data = '{}', completed_at = now() - interval '1 day', completed_by = '{"userName":"clerk.city","name":"示例","role":0}' where case_number = @number and state = 'open'""", number);

        await CheckAsync();

        (await _counter.StateAsync(number)).ShouldBe("received");
    }

    [Fact]
    public async Task Check_CallThatNobodyMade_IsMade()
    {
        var number = await _counter.OpenAsync();
        await InjectAsync("insert into tongban.partner_calls (id, partner_kind, partner, operation, case_number, step, payload, next_attempt_at, taken_until, created_at) values (gen_random_uuid(), 'sms', 'sms', 'sendSms', @number, @number, '{\"to\":\"13800000000\",\"subject\":\"x\",\"text\":\"x\"}', now() - interval '1 day', now() - interval '1 day', now())", number);

        await CheckAsync();

        await Eventually.BecomesAsync(() => ScalarAsync("select count(*) from tongban.partner_calls where case_number = @number and state = 'done'", number), done => done == 1);
    }

    [Fact]
    public async Task Check_OrderThatNobodyHeardOf_GoesOn()
    {
        var number = await _counter.AcceptedAsync();
        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number });
        await InjectAsync("insert into tongban.partners (partner_kind, partner, paused_at, pause_reason, changed_at, changed_by) values ('courier', 'unified', now(), '示例', now(), 'admin') on conflict (partner_kind, partner) do update set paused_at = excluded.paused_at", number);
        await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched");
        await InjectAsync("""update tongban.partner_calls set state = 'done', answer = jsonb_build_object('orderNo', @number, 'waybill', @number), finished_at = now() - interval '1 day' where case_number = @number and operation = 'createOrder'""", number);

        await CheckAsync();

        (await ScalarAsync("select count(*) from tongban.shipments where case_number = @number and waybill = @number", number)).ShouldBe(1);
    }

    [Fact]
    public async Task Check_TimerThatNobodyFired_Fires()
    {
        var number = await _counter.OpenAsync();
        await InjectAsync("update elsa.timers set due_at = now() - interval '2 days', handed_until = now() - interval '1 day' where instance_id = (select instance_id from tongban.cases where number = @number)", number);
        (await ScalarAsync("select count(*) from elsa.timers where instance_id = (select instance_id from tongban.cases where number = @number) and due_at < now()", number)).ShouldBeGreaterThan(0);

        await CheckAsync();

        await Eventually.BecomesAsync(() => ScalarAsync("select count(*) from elsa.timers where instance_id = (select instance_id from tongban.cases where number = @number) and due_at < now()", number), overdue => overdue == 0);
    }

    private async Task<string> InjectedAsync(string sql)
    {
        var number = await _counter.OpenAsync();
        await InjectAsync(sql, number);
        return number;
    }

    private async Task InjectAsync(string sql, string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { number });
    }

    private async Task CheckAsync()
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConsistencyJob>().RunAsync(TimeSpan.Zero, CancellationToken.None);
    }

    private async Task<int> ScalarAsync(string sql, string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { number });
    }

    private async Task<IReadOnlyList<string>> IncidentsAsync(string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("select reference from tongban.incidents where case_number = @number and source = 'check' and state = 'open'", new { number })).AsList();
    }
}
