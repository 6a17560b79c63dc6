-- One counter per series, place and day. The row's lock is the queue: a number is drawn inside the
-- transaction that issues it, so none is issued twice and a number that was never issued is not lost.
create table tongban.number_series (
    series text not null,
    place  text not null,
    day    date not null,
    last   integer not null,
    primary key (series, place, day)
);

create table tongban.cases (
    number              text primary key,
    secret              text not null,
    idempotency_key     text not null,
    item_code           text not null,
    item_name           text not null,
    mode                smallint not null,
    hall                text not null,
    window_number       integer not null,
    jurisdiction        text not null,
    authority           text not null,
    by_desk             boolean not null default false,
    state               text not null,
    applicant_type      text not null,
    applicant_name      text not null,
    applicant_id_number text not null,
    applicant_phone     text not null,
    applicant_email     text,
    id_override_reason  text,
    delivery_kind       text not null,
    delivery_address    text,
    delivery_hall       text,
    pickup_code         text,
    withdraw_reason     text,
    withdrawn_at        timestamptz,
    definition_id       text not null,
    instance_id         text,
    opened_by           text not null,
    opened_at           timestamptz not null,
    closed_at           timestamptz,
    unique (opened_by, idempotency_key)
);
create index cases_hall on tongban.cases (hall, opened_at desc);
create index cases_authority on tongban.cases (authority, opened_at desc);
create index cases_opened on tongban.cases (opened_at desc);
create index cases_open_state on tongban.cases (state, opened_at desc) where closed_at is null;

-- Who, where, when and why of every change of a case; rows are only ever added.
create table tongban.timeline (
    id          bigint generated always as identity primary key,
    case_number text not null references tongban.cases,
    at          timestamptz not null,
    user_name   text not null,
    actor_name  text not null,
    place       text,
    kind        text not null,
    state       text,
    what        text not null,
    why         text
);
create index timeline_case on tongban.timeline (case_number, id);

-- A material is never overwritten: a newer file of the same requirement is a further row.
create table tongban.materials (
    id               uuid primary key,
    case_number      text not null references tongban.cases,
    requirement_code text not null,
    file_name        text not null,
    media_type       text not null,
    sha256           text not null,
    size             bigint not null,
    pages            integer,
    uploaded_at      timestamptz not null,
    uploaded_by      text not null
);
create index materials_case on tongban.materials (case_number, uploaded_at);

-- A request for supplement lists everything at once; it stays open until the applicant has supplied it.
create table tongban.supplements (
    id           uuid primary key,
    case_number  text not null references tongban.cases,
    round        integer not null,
    missing      text[] not null,
    reason       text,
    requested_at timestamptz not null,
    requested_by text not null,
    resume_state text not null,
    supplied_at  timestamptz,
    unique (case_number, round)
);
create unique index supplements_open on tongban.supplements (case_number) where supplied_at is null;

-- A human task: written in the burst that begins to wait for it. `step` is the execution of the activity
-- that waits, so that a burst that is repeated finds its own task instead of opening a second one.
create table tongban.tasks (
    id           uuid primary key,
    case_number  text not null references tongban.cases,
    kind         text not null,
    step         text not null,
    round        integer not null,
    role         text not null,
    hall         text,
    authority    text,
    opened_at    timestamptz not null,
    due_on       date,
    state        text not null default 'open',
    outcome      text,
    data         jsonb,
    completed_at timestamptz,
    completed_by jsonb,
    consumed     boolean not null default false,
    unique (step, kind, round)
);
create index tasks_case on tongban.tasks (case_number, opened_at);
create index tasks_open_hall on tongban.tasks (role, hall) where state = 'open';
create index tasks_open_authority on tongban.tasks (role, authority) where state = 'open';

-- A decision is issued once: the primary key says so.
create table tongban.decisions (
    case_number     text primary key references tongban.cases,
    result          text not null,
    document_number text,
    reason          text,
    authority       text not null,
    decided_at      timestamptz not null,
    decided_by      text not null
);
create unique index decisions_document on tongban.decisions (authority, document_number) where document_number is not null;

create table tongban.result_files (
    id          uuid primary key,
    case_number text not null references tongban.cases,
    file_name   text not null,
    media_type  text not null,
    sha256      text not null,
    size        bigint not null
);
create index result_files_case on tongban.result_files (case_number);

-- Papers that were issued, each with the content it was printed from, so that it prints the same again.
create table tongban.notices (
    id          uuid primary key,
    case_number text not null references tongban.cases,
    kind        text not null,
    number      text not null unique,
    content     jsonb not null,
    issued_at   timestamptz not null,
    issued_by   text not null,
    step        text not null,
    unique (case_number, kind, step)
);

create table tongban.shipments (
    id          uuid primary key,
    case_number text not null references tongban.cases,
    leg         text not null,
    step        text not null unique,
    sender      jsonb not null,
    recipient   jsonb not null,
    contents    jsonb not null,
    provider    text not null,
    order_no    text,
    waybill     text,
    state       text not null,
    signed_by   text,
    created_at  timestamptz not null,
    changed_at  timestamptz not null
);
create index shipments_case on tongban.shipments (case_number);
create unique index shipments_waybill on tongban.shipments (provider, waybill) where waybill is not null;

create table tongban.shipment_events (
    shipment_id uuid not null references tongban.shipments,
    message_id  text not null,
    state       text not null,
    at          timestamptz not null,
    place       text,
    signed_by   text,
    primary key (shipment_id, message_id)
);

-- What an approval system said of a case; an activity that waits for it takes it once, in order of `at`.
create table tongban.approval_messages (
    authority   text not null,
    message_id  text not null,
    case_number text not null references tongban.cases,
    kind        text not null,
    at          timestamptz not null,
    body        jsonb not null,
    received_at timestamptz not null,
    taken_by    text,
    primary key (authority, message_id)
);
create index approval_messages_waiting on tongban.approval_messages (case_number, at) where taken_by is null;

create table tongban.ratings (
    case_number text primary key references tongban.cases,
    grade       smallint not null check (grade between 1 and 5),
    comment     text,
    rated_at    timestamptz not null
);
