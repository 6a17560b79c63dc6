-- Mail and short messages while no server is set: one row a call, however often it is made.
create table sandbox.messages (
    id        uuid primary key,
    kind      text not null,
    recipient text not null,
    text      text not null,
    sent_at   timestamptz not null
);
