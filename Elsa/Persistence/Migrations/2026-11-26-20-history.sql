-- What a burst did is one row: it was a row for each execution and each line of the journal, which cost more than all else a burst
-- writes. Readers see the executions and the journal as before, as views of one instance's few rows.
create table elsa.history (
    instance_id text not null,
    burst       int not null,
    first       bigint not null,
    at          timestamptz not null,
    journal     text not null,
    executions  text not null,
    primary key (instance_id, burst)
) with (toast_tuple_target = 8160);
comment on table elsa.history is 'Written for the least of bytes: an id that begins with - follows that of the instance, moments are microseconds from "at", what is usual is left out.';
comment on column elsa.history.first is 'The sequence of the first line of the journal.';
comment on column elsa.history.journal is 'JSON: the lines that the burst added, in their order. Text, because the runtime wrote it and need not have it checked.';
comment on column elsa.history.executions is 'JSON: the executions that the burst began or went on with, as they stood at its end.';

alter table elsa.instances add column bursts int not null default 0, alter column state type text;
comment on column elsa.instances.bursts is 'How many rows of history there are.';

create function elsa.from_base(base timestamptz, moment timestamptz) returns bigint language sql immutable as $$ select (extract(epoch from moment - base) * 1000000)::bigint $$;
create function elsa.full_id(instance_id text, id text) returns text language sql immutable as $$ select case when starts_with(id, '-') then instance_id || id else id end $$;

insert into elsa.history (instance_id, burst, first, at, journal, executions)
select i.id, 0, 0, i.created_at,
  coalesce((select json_agg(json_build_object(
              'id', j.execution_id, 'event', j.event, 'message', j.message, 'source', j.source, 'payload', j.payload, 'at', elsa.from_base(i.created_at, j.at)) order by j.sequence)::text
            from elsa.journal j where j.instance_id = i.id), '[]'),
  coalesce((select json_agg(json_build_object(
              'id', e.id, 'n', e.n, 'in', e.parent_id, 'activity', e.activity_id, 'node', e.node_id, 'type', e.activity_type, 'version', e.activity_type_version, 'name', e.activity_name,
              'status', e.status, 'waits', e.has_bookmarks, 'faults', e.fault_count, 'state', e.state, 'outputs', e.outputs, 'payload', e.payload, 'exception', e.exception,
              'by', e.scheduling_execution_id, 'byActivity', e.scheduling_activity_id, 'depth', e.call_stack_depth,
              'started', elsa.from_base(i.created_at, e.started_at), 'completed', elsa.from_base(i.created_at, e.completed_at)) order by e.n)::text
            from (select e.*, row_number() over (order by e.started_at, (select min(j.sequence) from elsa.journal j where j.instance_id = e.instance_id and j.execution_id = e.id)) as n
                  from elsa.executions e where e.instance_id = i.id) e), '[]')
from elsa.instances i;
update elsa.instances set bursts = 1;
drop function elsa.from_base(timestamptz, timestamptz);

drop table elsa.journal;
drop table elsa.executions;

create view elsa.journal as
select h.instance_id, h.first + j.n - 1 as sequence, elsa.full_id(h.instance_id, j.id) as execution_id, j.event, j.message, j.source, j.payload, h.at + j.at * interval '1 microsecond' as at
from elsa.history h
cross join lateral rows from (json_to_recordset(h.journal::json) as (id text, event text, message text, source text, payload json, at bigint)) with ordinality
  as j(id, event, message, source, payload, at, n);

-- An execution stands in the row of each burst that ran it: the last one says how it is, and what a later one does not know of it any more an earlier one does.
create view elsa.executions as
select h.instance_id, elsa.full_id(h.instance_id, e.id) as id, min(e.n) as number, min(elsa.full_id(h.instance_id, e."in")) as parent_id, min(e.activity) as activity_id, min(e.node) as node_id,
       min(e.type) as activity_type, coalesce(min(e.version), 1) as activity_type_version, min(e.name) as activity_name,
       coalesce((array_agg(e.status order by h.burst desc))[1], 'Completed') as status, coalesce((array_agg(e.waits order by h.burst desc))[1], false) as has_bookmarks,
       coalesce((array_agg(e.faults order by h.burst desc))[1], 0) as fault_count,
       (array_agg(e.state order by h.burst desc) filter (where e.state is not null))[1] as state,
       (array_agg(e.outputs order by h.burst desc) filter (where e.outputs is not null))[1] as outputs,
       (array_agg(e.payload order by h.burst desc) filter (where e.payload is not null))[1] as payload,
       (array_agg(e.exception order by h.burst desc))[1] as exception,
       min(elsa.full_id(h.instance_id, e.by)) as scheduling_execution_id, min(e."byActivity") as scheduling_activity_id, coalesce(min(e.depth), 0) as call_stack_depth,
       min(h.at + e.started * interval '1 microsecond') as started_at,
       (array_agg(h.at + e.completed * interval '1 microsecond' order by h.burst desc))[1] as completed_at
from elsa.history h
cross join lateral json_to_recordset(h.executions::json) as e(
  id text, n int, "in" text, activity text, node text, type text, version int, name text, status text, waits boolean, faults int, state json, outputs json, payload json, exception json,
  by text, "byActivity" text, depth int, started bigint, completed bigint)
group by h.instance_id, elsa.full_id(h.instance_id, e.id);

-- A bookmark is found by its instance or by its hash. What hangs on one goes with it by the runtime, which knows whether anything does;
-- a foreign key would look each time.
alter table elsa.timers drop constraint timers_bookmark_id_fkey;
alter table elsa.calls drop constraint calls_bookmark_id_fkey;
drop index elsa.timers_by_bookmark;
drop index elsa.bookmarks_by_instance;
alter table elsa.bookmarks drop constraint bookmarks_pkey, add primary key (instance_id, id), add column followed_by text,
    add column number bigint generated by default as identity;
comment on column elsa.bookmarks.number is 'In the order in which they were made: two may be of one moment.';
comment on column elsa.bookmarks.followed_by is 'What goes with it: timer or call; null when nothing does.';
update elsa.bookmarks b set followed_by = 'timer' where exists (select 1 from elsa.timers t where t.id = b.id);
update elsa.bookmarks b set followed_by = 'call' where exists (select 1 from elsa.calls c where c.bookmark_id = b.id);

-- A start that goes by a version its host remembers is done again from the beginning when another has been published meanwhile.
create function elsa.is_no_longer_published(version_id text) returns text language plpgsql as $$
begin
    raise exception 'Version % is not the published one any more.', version_id using errcode = 'serialization_failure';
end $$;

-- Block ranges do not have to be written when an instance ends, so that its row can be updated in its place.
drop index elsa.instances_by_end;
create index instances_by_end on elsa.instances using brin (finished_at);

create or replace function elsa.delete_with_instances() returns trigger language plpgsql as $$
begin
    delete from elsa.history where instance_id in (select id from gone);
    delete from elsa.bookmarks where instance_id in (select id from gone);
    return null;
end $$;
