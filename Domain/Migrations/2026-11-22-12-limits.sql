create table tongban.calendars (
    division         text primary key references tongban.divisions,
    receipt_moves_on boolean not null default true
);

create table tongban.calendar_years (
    division text not null references tongban.calendars,
    year     int  not null check (year between 2000 and 2100),
    notice   text not null,
    primary key (division, year)
);

create table tongban.calendar_days (
    division text    not null references tongban.calendars,
    date     date    not null,
    working  boolean not null,
    name     text    not null,
    primary key (division, date)
);

comment on table tongban.calendars is
    'The city has one; a division that has one overlays the city''s days with its own.';

-- The ledger decides; state, total_days, left_days, due_on and warn_on repeat what Limit.Explain says of it,
-- written in the same transaction as the ledger's line, so that lists need no count.
create table tongban.limit_clocks (
    id           bigint generated always as identity primary key,
    case_number  text not null,
    kind         text not null check (kind in ('promised', 'legal', 'acceptance', 'delivery', 'step')),
    step         text not null default '',
    holder       text not null,
    division     text not null,
    budget       int  not null check (budget between 1 and 1000),
    day_kind     text not null check (day_kind in ('working', 'calendar')),
    warning_days int  check (warning_days > 0),
    started_on   date not null,
    state        text not null check (state in ('running', 'stopped', 'ended')),
    total_days   int  not null,
    left_days    int  not null,
    due_on       date,
    warn_on      date,
    ended_on     date,
    check ((state = 'ended') = (ended_on is not null))
);

create unique index limit_clocks_open on tongban.limit_clocks (case_number, kind, step) where ended_on is null;
create index limit_clocks_case on tongban.limit_clocks (case_number);
create index limit_clocks_due on tongban.limit_clocks (due_on) where ended_on is null;

create table tongban.limit_entries (
    id          bigint generated always as identity primary key,
    clock       bigint not null references tongban.limit_clocks,
    kind        text not null check (kind in ('start', 'stop', 'resume', 'extend', 'end')),
    on_date     date not null,
    days        int  not null default 0 check ((kind = 'extend') = (days > 0)),
    reason      text,
    actor       text not null,
    actor_name  text not null,
    approved_by text,
    at          timestamptz not null
);

create index limit_entries_clock on tongban.limit_entries (clock, id);

create function tongban.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of %.% are never changed', tg_table_schema, tg_table_name;
end
$$;

create trigger limit_entries_append_only before update or delete on tongban.limit_entries
    for each row execute function tongban.refuse_change();

-- The one place that says how a light is got; today is the city's date.
create function tongban.limit_light(due_on date, warn_on date, ended_on date, today date) returns text language sql immutable as $$
    select case
        when coalesce(ended_on, today) > due_on then 'red'
        when ended_on is null and today >= warn_on then 'yellow'
        else 'green' end
$$;
