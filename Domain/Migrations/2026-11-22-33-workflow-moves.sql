-- Running cases that were moved to another version of their workflow, with the version they came from, so that it can be undone.
create table tongban.workflow_moves (
    move_id         uuid not null,
    definition_id   text not null,
    instance_id     text not null,
    case_number     text not null references tongban.cases,
    from_version_id text not null,
    from_version    integer not null,
    to_version_id   text not null,
    to_version      integer not null,
    at              timestamptz not null,
    user_name       text not null,
    undone_at       timestamptz,
    undone_by       text,
    primary key (move_id, instance_id)
);
create index workflow_moves_definition on tongban.workflow_moves (definition_id, at desc);
create index cases_instance on tongban.cases (instance_id);
