-- People of an OpenID Connect provider have no password here; local ones may have to change theirs at the first use. A
-- person's division is the place that a supervisor, administrator, logistics clerk or auditor looks after; null is the city.
alter table tongban.users
    alter column password_hash drop not null,
    add column division text,
    add column must_change boolean not null default false,
    add column provider text,
    add column subject text;
create unique index users_subject on tongban.users (provider, subject) where subject is not null;

-- One row for each sign-in. `refresh_hash` is of the one refresh token that is good; an older one ends the session.
create table tongban.sessions (
    id           uuid primary key,
    user_name    text not null references tongban.users,
    kind         text not null,
    opened_at    timestamptz not null,
    seen_at      timestamptz not null,
    expires_at   timestamptz not null,
    address      text,
    agent        text,
    refresh_hash bytea,
    ended_at     timestamptz,
    ended_by     text,
    end_reason   text
);
create index sessions_user on tongban.sessions (user_name, opened_at desc);
create index sessions_open on tongban.sessions (expires_at) where ended_at is null;
