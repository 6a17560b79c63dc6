-- Personal data is sealed (AES-256-GCM) by the host before it comes here. A key of the ring lies here only wrapped by the
-- master key, which never does. `personal_key` says which key sealed the row; null is a row from before, still to be sealed.
create table tongban.personal_keys (
    id         integer primary key,
    wrapped    bytea not null,
    created_at timestamptz not null
);

alter table tongban.cases
    add column personal bytea,
    add column personal_key integer references tongban.personal_keys,
    add column id_mark bytea,
    add column phone_mark bytea,
    add column erased_at timestamptz,
    alter column applicant_id_number drop not null,
    alter column applicant_phone drop not null;
create index cases_to_seal on tongban.cases (coalesce(personal_key, 0)) where erased_at is null;
create index cases_id_mark on tongban.cases (id_mark) where id_mark is not null;
create index cases_phone_mark on tongban.cases (phone_mark) where phone_mark is not null;
comment on column tongban.cases.id_mark is 'Keyed hash of the identity number: finds it, and says nothing of it without the key.';

alter table tongban.shipments
    add column personal bytea,
    add column personal_key integer references tongban.personal_keys,
    alter column sender drop not null,
    alter column recipient drop not null;
create index shipments_to_seal on tongban.shipments (coalesce(personal_key, 0)) where personal is not null or sender is not null;

alter table tongban.partner_calls
    add column personal bytea,
    add column personal_key integer references tongban.personal_keys,
    alter column payload drop not null;
create index partner_calls_to_seal on tongban.partner_calls (coalesce(personal_key, 0)) where personal is not null or payload is not null;

-- How long the personal data of an item's cases is kept after their end; '*' is for items without a rule of their own.
create table tongban.retention_rules (
    item_code  text primary key,
    keep_days  integer not null check (keep_days >= 30),
    changed_at timestamptz not null,
    changed_by text not null
);
create index cases_to_erase on tongban.cases (closed_at) where closed_at is not null and erased_at is null;
