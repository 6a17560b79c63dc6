-- The outbox: a call to a partner is a row written with the burst that wants it. Its id is the
-- idempotency key of every attempt, so the partner sees one call however often it is made.
create table tongban.partner_calls (
    id              uuid primary key,
    partner_kind    text not null,
    partner         text not null,
    operation       text not null,
    case_number     text not null references tongban.cases,
    step            text not null,
    payload         jsonb not null,
    state           text not null default 'pending',
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    answer          jsonb,
    last_error      text,
    created_at      timestamptz not null,
    finished_at     timestamptz,
    unique (step, operation)
);
create index partner_calls_due on tongban.partner_calls (next_attempt_at) where state = 'pending';
create index partner_calls_case on tongban.partner_calls (case_number);

create table tongban.incidents (
    id           uuid primary key,
    case_number  text not null references tongban.cases,
    source       text not null,
    reference    text not null,
    what         text not null,
    detail       text,
    state        text not null default 'open',
    opened_at    timestamptz not null,
    settled_at   timestamptz,
    settled_by   text,
    reason       text
);
create unique index incidents_open on tongban.incidents (source, reference) where state = 'open';
create index incidents_case on tongban.incidents (case_number);

-- The host listens on this channel and hands what is due to its workers at once.
create function tongban.announce_partner_call() returns trigger language plpgsql as $$
begin
    perform pg_notify('tongban_work', 'partner_call');
    return null;
end $$;

create trigger partner_calls_written after insert on tongban.partner_calls
    for each row execute function tongban.announce_partner_call();

-- Sooner than was known: a failed attempt that is due again before its lease ends, or a call that a person revives.
create trigger partner_calls_hastened after update on tongban.partner_calls
    for each row when (new.state = 'pending' and (old.state <> 'pending' or new.next_attempt_at < old.next_attempt_at))
    execute function tongban.announce_partner_call();
