-- A clock's own timer. next_at is the moment at which somebody has to be told of the clock next, or at which the law takes a
-- case for accepted; it is written with the ledger's line, from the same count as the due date.
alter table tongban.limit_clocks
    add column prompt_on    date,
    add column muted        boolean not null default false,
    add column next_at      timestamptz,
    add column handed_until timestamptz;

comment on column tongban.limit_clocks.prompt_on is 'The working day before the due date.';
comment on column tongban.limit_clocks.muted is 'The workflow wants nobody told of this clock.';
comment on column tongban.limit_clocks.handed_until is 'Until when a timer that was handed to a job server is not handed out again.';

create index limit_clocks_handed on tongban.limit_clocks (handed_until) where handed_until is not null;
create index limit_clocks_next on tongban.limit_clocks (greatest(next_at, handed_until)) where next_at is not null;

alter table tongban.limit_alerts drop constraint limit_alerts_light_check;
alter table tongban.limit_alerts add constraint limit_alerts_light_check check (light in ('prompt', 'yellow', 'red'));

-- The one place that says when a clock is to be looked at next: the first of its turns, each at the beginning of a day in the
-- city (UTC+8), that nobody was told of yet for this due date.
create function tongban.limit_next(clock_id bigint, due date, prompt date, warn date, ended date, muted boolean)
returns timestamptz language sql stable as $$
    select min(turn.on_date)::timestamp at time zone interval '8 hours'
    from (values ('prompt', prompt), ('yellow', warn), ('red', due + 1)) as turn (light, on_date)
    where ended is null and not muted and due is not null
      and not exists (
          select from tongban.limit_alerts as told where told.clock = clock_id and told.light = turn.light and told.due_on = due)
$$;

-- Clocks from before there were timers are looked at once, which counts them again.
update tongban.limit_clocks set next_at = started_on::timestamp at time zone interval '8 hours' where ended_on is null and due_on is not null;

-- What people of a role at a place are reminded of, until one of them has seen it, the clock has ended or its date has moved.
create table tongban.reminders (
    id          bigint generated always as identity primary key,
    case_number text not null references tongban.cases,
    clock       bigint not null references tongban.limit_clocks,
    due_on      date not null,
    role        text not null,
    hall        text,
    authority   text,
    heads_only  boolean not null default false,
    light       text not null,
    what        text not null,
    at          timestamptz not null,
    seen_at     timestamptz,
    seen_by     text
);
create index reminders_open on tongban.reminders (role, authority, hall) where seen_at is null;
create index reminders_case on tongban.reminders (case_number);

comment on column tongban.reminders.heads_only is 'For the head of the authority: escalation.';

alter table tongban.users add column is_head boolean not null default false;
comment on column tongban.users.is_head is 'An approver who heads the authority: grants extensions and is told of limits that have passed.';

-- Extensions that were asked for, and what the head of the authority said.
create table tongban.limit_extensions (
    id              uuid primary key,
    case_number     text not null references tongban.cases,
    days            int  not null check (days > 0),
    reason          text not null,
    asked_by        text not null,
    asked_by_name   text not null,
    asked_at        timestamptz not null,
    state           text not null default 'asked' check (state in ('asked', 'granted', 'refused')),
    decided_by      text,
    decided_by_name text,
    decided_at      timestamptz,
    note            text,
    check ((state = 'asked') = (decided_at is null))
);
create unique index limit_extensions_open on tongban.limit_extensions (case_number) where state = 'asked';
create index limit_extensions_case on tongban.limit_extensions (case_number, asked_at);

-- Whether a date was counted through a year whose holidays nobody has published yet, so that it may still move.
create function tongban.limit_is_provisional(day_kind text, started date, due date) returns boolean language sql stable as $$
    select day_kind = 'working' and exists (
        select from generate_series(extract(year from started)::int, extract(year from coalesce(due, started))::int) as counted (year)
        where not exists (select from tongban.calendar_years as published where published.division = '441300' and published.year = counted.year))
$$;
