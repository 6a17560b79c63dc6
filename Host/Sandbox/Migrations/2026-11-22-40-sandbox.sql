-- The sandbox courier's parcels: one per idempotency key, however often the order is sent.
create table sandbox.orders (
    idempotency_key text primary key,
    order_no        text not null unique,
    waybill         text not null unique,
    body            jsonb not null,
    status          text not null,
    calls           integer not null default 1,
    created_at      timestamptz not null
);
create sequence sandbox.order_numbers;

-- Cases that were pushed to the sandbox approval systems: one per idempotency key.
create table sandbox.cases (
    idempotency_key text primary key,
    authority       text not null,
    case_number     text not null,
    document_number text not null unique,
    body            jsonb not null,
    status          text not null,
    calls           integer not null default 1,
    created_at      timestamptz not null
);
create index cases_number on sandbox.cases (authority, case_number, created_at);
create sequence sandbox.document_numbers;

-- What a sandbox partner has still to say; it says it until it is heard.
create table sandbox.callbacks (
    message_id   text primary key,
    subject      text not null,
    position     integer not null,
    partner_kind text not null,
    partner      text not null,
    status       text not null,
    body         jsonb not null,
    due_at       timestamptz not null,
    attempts     integer not null default 0,
    delivered_at timestamptz,
    unique (subject, position)
);
create index callbacks_open on sandbox.callbacks (due_at) where delivered_at is null;
