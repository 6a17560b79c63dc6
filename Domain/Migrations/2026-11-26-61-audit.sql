-- The audit trail: every change, and every look at personal data. Entries are chained: each carries the hash of the one
-- before. They come in through audit_append alone, which a host may call; nobody changes or deletes them.
create table tongban.audit (
    position   bigint primary key,
    at         timestamptz not null,
    user_name  text not null,
    actor_name text not null,
    role       text not null,
    place      text,
    address    text,
    act        text not null,
    subject    text not null,
    what       text not null,
    why        text,
    previous   bytea not null,
    hash       bytea not null
);
create index audit_subject on tongban.audit (subject, position);
create index audit_user on tongban.audit (user_name, position);

create table tongban.audit_head (
    only_row boolean primary key default true check (only_row),
    position bigint not null,
    hash     bytea not null
);
insert into tongban.audit_head (position, hash) values (0, sha256('TongBan'::bytea));

-- A field as the hash reads it: its length in bytes, a colon and itself; a dash where there is none.
create function tongban.audit_field(value text) returns text language sql immutable parallel safe as
    $$ select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-') $$;

-- Appends one entry. The head's row lock is the queue of the chain, so a transaction calls this as its last work.
create procedure tongban.audit_append(
    at timestamptz, user_name text, actor_name text, role text, place text, address text, act text, subject text, what text, why text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    head tongban.audit_head;
    link bytea;
begin
    select * into strict head from tongban.audit_head for update;
    link := sha256(head.hash || convert_to(
        tongban.audit_field((head.position + 1)::text) || tongban.audit_field(((extract(epoch from at) * 1000000)::bigint)::text)
        || tongban.audit_field(user_name) || tongban.audit_field(actor_name) || tongban.audit_field(role) || tongban.audit_field(place)
        || tongban.audit_field(address) || tongban.audit_field(act) || tongban.audit_field(subject) || tongban.audit_field(what)
        || tongban.audit_field(why), 'UTF8'));
    insert into tongban.audit values (head.position + 1, at, user_name, actor_name, role, place, address, act, subject, what, why, head.hash, link);
    update tongban.audit_head set position = head.position + 1, hash = link where only_row;
end $$;

create function tongban.audit_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_final before update or delete on tongban.audit for each row execute function tongban.audit_is_final();
create trigger audit_not_emptied before truncate on tongban.audit for each statement execute function tongban.audit_is_final();
create trigger audit_head_kept before delete on tongban.audit_head for each row execute function tongban.audit_is_final();
create trigger audit_head_not_emptied before truncate on tongban.audit_head for each statement execute function tongban.audit_is_final();

-- The history that people read is only added to as well.
create trigger timeline_final before update or delete on tongban.timeline for each row execute function tongban.audit_is_final();
create trigger workflow_acts_final before update or delete on tongban.workflow_acts for each row execute function tongban.audit_is_final();
