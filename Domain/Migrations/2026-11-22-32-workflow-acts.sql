-- What administrators did about workflows, and why; rows are only ever added.
create table tongban.workflow_acts (
    id            uuid primary key,
    definition_id text not null,
    version       integer,
    act           text not null,
    item_code     text,
    reason        text,
    details       jsonb not null,
    at            timestamptz not null,
    user_name     text not null,
    actor_name    text not null
);
create index workflow_acts_definition on tongban.workflow_acts (definition_id, at desc);
comment on column tongban.workflow_acts.details is 'What the act was about: the findings that a version was published in spite of, the instances that were moved.';
