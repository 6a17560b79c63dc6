-- Mail and short messages that went nowhere, because no server for them is configured.
create table sandbox.messages (
    id        uuid primary key,
    kind      text not null,
    recipient text not null,
    text      text not null,
    sent_at   timestamptz not null
);
create index messages_recipient on sandbox.messages (recipient, sent_at);
