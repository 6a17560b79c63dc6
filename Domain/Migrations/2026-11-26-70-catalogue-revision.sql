-- Every host keeps the catalogue in memory to search it. One counter says how far it has changed, and each item at which count it
-- was changed last, so that a host reads only what is new to it. The counter's row lock makes writers of the catalogue queue until
-- they commit: a lower count is never seen after a higher one.
create table tongban.catalogue_revision (
    only_row boolean primary key default true check (only_row),
    value    bigint  not null
);
insert into tongban.catalogue_revision (value) values (1);

alter table tongban.service_items add column revision bigint not null default 1;
create index service_items_revision on tongban.service_items (revision);

create function tongban.count_catalogue_change() returns trigger language plpgsql as $$
begin
    update tongban.catalogue_revision set value = value + 1;
    return null;
end
$$;

create function tongban.mark_catalogue_change() returns trigger language plpgsql as $$
begin
    new.revision := (select value from tongban.catalogue_revision);
    return new;
end
$$;

create trigger service_items_count before insert or update on tongban.service_items
    for each statement execute function tongban.count_catalogue_change();
create trigger service_items_mark before insert or update on tongban.service_items
    for each row execute function tongban.mark_catalogue_change();

-- Whether a licence that the city holds already may be used again instead of a paper.
alter table tongban.material_requirements add column reusable boolean not null default false;
