-- A foreign key looks up the instance for each row that a burst writes. Bursts hold the instance's lock, so it is there; what has
-- to go with a deleted instance goes by one statement.
alter table elsa.journal drop constraint journal_instance_id_fkey;
alter table elsa.executions drop constraint executions_instance_id_fkey;
alter table elsa.bookmarks drop constraint bookmarks_instance_id_fkey;

create function elsa.delete_with_instances() returns trigger language plpgsql as $$
begin
    delete from elsa.journal where instance_id in (select id from gone);
    delete from elsa.executions where instance_id in (select id from gone);
    delete from elsa.bookmarks where instance_id in (select id from gone);
    return null;
end $$;

create trigger instances_deleted after delete on elsa.instances
    referencing old table as gone for each statement execute function elsa.delete_with_instances();
