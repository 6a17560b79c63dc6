-- How a material came: a file, a note that its original was sighted, or a licence of an earlier case that is used again.
alter table tongban.materials add column origin text not null default 'file' check (origin in ('file', 'sighted', 'reused'));

-- Uploads that came in parts: on a slow link the rest is sent later. What was completed is kept for a day, so that a client that
-- missed the answer does not send the file again.
create table tongban.uploads (
    id               uuid primary key,
    case_number      text not null references tongban.cases,
    requirement_code text not null,
    file_name        text not null,
    size             bigint not null check (size > 0),
    received         bigint not null default 0 check (received <= size),
    material         uuid,
    created_by       text not null,
    created_at       timestamptz not null
);
create index uploads_created on tongban.uploads (created_at);

create table tongban.upload_parts (
    upload   uuid not null references tongban.uploads on delete cascade,
    at       bigint not null,
    content  bytea not null,
    primary key (upload, at)
);

-- The queue of a hall: a number for everyone who waits, one sequence a day.
create table tongban.queue_tickets (
    id        uuid primary key,
    hall      text not null references tongban.halls,
    day       date not null,
    number    int  not null,
    matter    text,
    taken_at  timestamptz not null,
    called_at timestamptz,
    window_number int,
    called_by text,
    ended_at  timestamptz,
    outcome   text check (outcome in ('served', 'absent')),
    unique (hall, day, number)
);
create index queue_tickets_waiting on tongban.queue_tickets (hall, day, number) where called_at is null;
create index queue_tickets_called on tongban.queue_tickets (hall, day, window_number) where called_at is not null and ended_at is null;
