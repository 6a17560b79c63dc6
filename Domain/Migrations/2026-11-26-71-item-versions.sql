-- How an item read, from when until when. The catalogue's own tables hold what is in force; a case keeps to what was in force when it
-- was opened. A version whose day has not come yet has no in_force_at.
create table tongban.service_item_versions (
    item        text not null references tongban.service_items on delete cascade,
    version     int  not null check (version > 0),
    content     jsonb not null,
    valid_from  date,
    in_force_at timestamptz,
    replaced_at timestamptz,
    reason      text,
    changed_at  timestamptz not null,
    changed_by  text not null,
    actor_name  text not null,
    primary key (item, version)
);
create index service_item_versions_replaced on tongban.service_item_versions (item, replaced_at);
create index service_item_versions_planned on tongban.service_item_versions (valid_from) where in_force_at is null;
