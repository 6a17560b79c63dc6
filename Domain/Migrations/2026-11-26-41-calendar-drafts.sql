-- A year that an administrator is preparing: seen by eye, counted by nobody until it is published.
create table tongban.calendar_drafts (
    division text  not null references tongban.divisions,
    year     int   not null check (year between 2000 and 2100),
    notice   text  not null,
    days     jsonb not null,
    saved_by text  not null,
    saved_at timestamptz not null,
    primary key (division, year)
);

-- A change of a calendar, and how far the open limits have been counted again because of it.
create table tongban.limit_recounts (
    id            uuid primary key,
    division      text not null references tongban.divisions,
    reason        text not null,
    asked_by      text not null,
    asked_by_name text not null,
    asked_at      timestamptz not null,
    total         int  not null,
    done          int  not null default 0,
    moved         int  not null default 0,
    last_clock    bigint not null default 0,
    finished_at   timestamptz
);
create index limit_recounts_asked on tongban.limit_recounts (asked_at desc);
create index limit_recounts_open on tongban.limit_recounts (asked_at) where finished_at is null;
create index limit_clocks_open_division on tongban.limit_clocks (division, id) where ended_on is null;
