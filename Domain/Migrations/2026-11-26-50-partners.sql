-- What an administrator sets for a partner; what is not set here comes from the host's settings, else the sandbox answers.
-- The secret is sealed as personal data is.
create table tongban.partners (
    partner_kind     text not null,
    partner          text not null,
    base_url         text,
    secret           bytea,
    secret_key       integer,
    calls_per_minute integer check (calls_per_minute between 1 and 60000),
    at_once          integer check (at_once between 1 and 64),
    next_free_at     timestamptz not null default '-infinity',
    paused_at        timestamptz,
    pause_reason     text,
    changed_at       timestamptz not null,
    changed_by       text not null,
    primary key (partner_kind, partner)
);
comment on column tongban.partners.next_free_at is 'When the next call may be made under calls_per_minute.';

-- How calls to a partner went; one row per partner.
create table tongban.partner_health (
    partner_kind    text not null,
    partner         text not null,
    answered_at     timestamptz,
    failed_at       timestamptz,
    last_failure    text,
    failures_in_row integer not null default 0,
    primary key (partner_kind, partner)
);

-- Sleeping hosts look again when a partner is set free.
create trigger partners_released after update on tongban.partners
    for each row when (old.paused_at is not null and new.paused_at is null)
    execute function tongban.announce_partner_call();

create index partner_calls_partner on tongban.partner_calls (partner_kind, partner, state) where state in ('pending', 'failed');

-- Whom a message to a person goes to, as a keyed hash: for the limit per recipient.
alter table tongban.partner_calls add column recipient_mark bytea, add column taken_until timestamptz;
comment on column tongban.partner_calls.taken_until is 'Until when whoever makes the attempt is left alone.';
create index partner_calls_recipient on tongban.partner_calls (recipient_mark, finished_at) where recipient_mark is not null;

-- How a provider names the states of a parcel, and what that is here.
create table tongban.courier_states (
    provider text not null,
    theirs   text not null,
    ours     text not null check (ours in ('collected', 'inTransit', 'outForDelivery', 'signed', 'refused', 'returned', 'lost', 'cancelled')),
    primary key (provider, theirs)
);
insert into tongban.courier_states (provider, theirs, ours)
select 'unified', state, state from unnest(array['collected', 'inTransit', 'outForDelivery', 'signed', 'refused', 'returned', 'lost']) as state;

-- A message that makes no sense is put aside and shown as an incident; it may belong to no case that we know.
alter table tongban.partner_messages add column aside_at timestamptz;
drop index tongban.partner_messages_waiting;
create index partner_messages_waiting on tongban.partner_messages (received_at) where applied_at is null and aside_at is null;
alter table tongban.incidents alter column case_number drop not null;
create index incidents_waiting on tongban.incidents (opened_at) where state = 'open';

-- Polling asks about those that nobody spoke of for longest.
alter table tongban.shipments add column asked_at timestamptz;
create index shipments_under_way on tongban.shipments (greatest(changed_at, asked_at))
    where order_no is not null and state in ('created', 'collected', 'inTransit', 'outForDelivery');
create index shipments_step on tongban.shipments (split_part(step, '/', 1));
create table tongban.approval_polls (
    case_number text primary key references tongban.cases,
    asked_at    timestamptz not null
);
