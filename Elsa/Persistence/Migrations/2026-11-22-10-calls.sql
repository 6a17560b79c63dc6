-- Calls to the outside that an activity asked for: made outside of any burst, one row until the answer has resumed the bookmark.
create table elsa.calls (
    id            text primary key,
    instance_id   text not null references elsa.instances on delete cascade,
    bookmark_id   text not null references elsa.bookmarks on delete cascade,
    kind          text not null,
    request       json not null,
    result        json,
    attempts      int not null default 0,
    most_attempts int not null,
    due_at        timestamptz not null,
    handed_until  timestamptz,
    taken_until   timestamptz,
    created_at    timestamptz not null
);
create index calls_by_hand_over on elsa.calls (greatest(due_at, handed_until));
create index calls_by_bookmark on elsa.calls (bookmark_id);
create index calls_by_instance on elsa.calls (instance_id);
comment on column elsa.calls.id is 'Sent as Idempotency-Key: a call that is made again after a crash is the same call.';
comment on column elsa.calls.request is 'May hold credentials; gone with the row.';
comment on column elsa.calls.handed_until is 'Until when it is not handed out again.';
comment on column elsa.calls.taken_until is 'Until when whoever makes it is left alone.';

-- Sleeping hosts are woken when a call is asked for.
create function elsa.announce_call() returns trigger language plpgsql as $$
begin
    perform pg_notify('elsa_calls', '');
    return null;
end $$;

create trigger calls_announce after insert on elsa.calls
    for each statement execute function elsa.announce_call();

-- Endpoints whose path has parameters are few; a request looks at all of them.
create index bookmarks_http_templates on elsa.bookmarks ((payload->>'path')) where name = 'Elsa.HttpEndpoint' and payload->>'path' like '%{%';
