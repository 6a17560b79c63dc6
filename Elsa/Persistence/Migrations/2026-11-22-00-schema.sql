create schema if not exists elsa;

-- One row per version of a definition. A published version never changes; a draft is saved in place and counts its revisions.
create table elsa.definitions (
    id            text primary key,
    definition_id text not null,
    version       int not null,
    revision      int not null default 1,
    name          text,
    description   text,
    is_latest     boolean not null,
    is_published  boolean not null,
    is_system     boolean not null default false,
    is_readonly   boolean not null default false,
    activity_type text,
    source_hash   text,
    model         json not null,
    created_at    timestamptz not null,
    unique (definition_id, version)
);
create unique index definitions_latest on elsa.definitions (definition_id) where is_latest;
create unique index definitions_published on elsa.definitions (definition_id) where is_published;
create index definitions_activity_type on elsa.definitions (activity_type) where activity_type is not null;
comment on column elsa.definitions.activity_type is 'The type name under which other definitions use this one as an activity.';
comment on column elsa.definitions.source_hash is 'Of the file an import took it from; null for what a person saved.';

-- The row's lock is the lock of the instance: a burst holds it from loading to commit.
create table elsa.instances (
    id              text primary key,
    definition_id   text not null,
    version_id      text not null,
    version         int not null,
    status          text not null,
    sub_status      text not null,
    name            text,
    correlation_id  text,
    parent_id       text,
    incident_count  int not null default 0,
    journal_length  bigint not null default 0,
    is_system       boolean not null default false,
    state           json,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    finished_at     timestamptz
) with (fillfactor = 60);
create index instances_by_definition on elsa.instances (definition_id, created_at desc);
create index instances_by_age on elsa.instances (created_at desc);
create index instances_by_correlation on elsa.instances (correlation_id) where correlation_id is not null;
create index instances_by_parent on elsa.instances (parent_id) where parent_id is not null;

create table elsa.bookmarks (
    id                   text primary key,
    instance_id          text not null references elsa.instances on delete cascade,
    name                 text not null,
    hash                 text not null,
    activity_id          text not null,
    node_id              text not null,
    activity_instance_id text not null,
    payload              json,
    callback             text,
    auto_burn            boolean not null,
    auto_complete        boolean not null,
    metadata             json,
    created_at           timestamptz not null
);
create index bookmarks_by_hash on elsa.bookmarks (hash);
create index bookmarks_by_instance on elsa.bookmarks (instance_id);

create table elsa.triggers (
    id            text primary key,
    definition_id text not null,
    version_id    text not null references elsa.definitions on delete cascade,
    activity_id   text not null,
    name          text not null,
    hash          text not null,
    payload       json
);
create index triggers_by_hash on elsa.triggers (hash);
create index triggers_by_version on elsa.triggers (version_id);

-- Stimuli that nothing was waiting for. Delivering one deletes its row.
create table elsa.stimuli (
    id                   bigint generated always as identity primary key,
    hash                 text not null,
    instance_id          text,
    correlation_id       text,
    activity_instance_id text,
    input                json,
    created_at           timestamptz not null,
    expires_at           timestamptz not null
);
create index stimuli_by_hash on elsa.stimuli (hash);
create index stimuli_by_expiry on elsa.stimuli (expires_at);

-- What is due at a moment: a bookmark to resume, a trigger to start with, an instance to run. Firing deletes the row.
create table elsa.timers (
    id          text primary key,
    instance_id text references elsa.instances on delete cascade,
    bookmark_id text references elsa.bookmarks on delete cascade,
    trigger_id  text references elsa.triggers on delete cascade,
    input       json,
    due_at      timestamptz not null
);
create index timers_by_due on elsa.timers (due_at);
create index timers_by_bookmark on elsa.timers (bookmark_id) where bookmark_id is not null;
create index timers_by_instance on elsa.timers (instance_id) where instance_id is not null;
create index timers_by_trigger on elsa.timers (trigger_id) where trigger_id is not null;

create table elsa.journal (
    instance_id  text not null references elsa.instances on delete cascade,
    sequence     bigint not null,
    execution_id text not null,
    event        text not null,
    message      text,
    source       text,
    payload      json,
    at           timestamptz not null,
    primary key (instance_id, sequence)
);

create table elsa.executions (
    id                      text primary key,
    instance_id             text not null references elsa.instances on delete cascade,
    parent_id               text,
    activity_id             text not null,
    node_id                 text not null,
    activity_type           text not null,
    activity_type_version   int not null,
    activity_name           text,
    status                  text not null,
    has_bookmarks           boolean not null,
    fault_count             int not null,
    state                   json,
    outputs                 json,
    payload                 json,
    exception               json,
    scheduling_execution_id text,
    scheduling_activity_id  text,
    call_stack_depth        int not null,
    started_at              timestamptz not null,
    completed_at            timestamptz
);
create index executions_by_instance on elsa.executions (instance_id, started_at);
