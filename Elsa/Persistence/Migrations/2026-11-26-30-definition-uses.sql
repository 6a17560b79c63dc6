-- Which definitions a version uses as activities.
create table elsa.definition_uses (
    version_id         text not null references elsa.definitions on delete cascade,
    used_definition_id text not null,
    primary key (version_id, used_definition_id)
);
create index definition_uses_by_used on elsa.definition_uses (used_definition_id);

insert into elsa.definition_uses (version_id, used_definition_id)
select distinct d.id, used #>> '{}'
from elsa.definitions d, jsonb_path_query(d.model::jsonb, 'strict $.**.workflowDefinitionId') used
where jsonb_typeof(used) = 'string';
