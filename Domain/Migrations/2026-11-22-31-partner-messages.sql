-- What partners sent, raw, before anything is done with it: the same message id is stored once.
-- A message that cannot be applied (yet) stays here with a note; nothing that was received is lost.
create table tongban.partner_messages (
    id           uuid primary key,
    partner_kind text not null,
    partner      text not null,
    message_id   text not null,
    body         jsonb not null,
    received_at  timestamptz not null,
    applied_at   timestamptz,
    note         text,
    unique (partner_kind, partner, message_id)
);
create index partner_messages_waiting on tongban.partner_messages (received_at) where applied_at is null;

-- Nonces of signed requests, kept for as long as their timestamp would be accepted.
create table tongban.partner_nonces (
    partner_kind text not null,
    partner      text not null,
    nonce        text not null,
    seen_at      timestamptz not null,
    primary key (partner_kind, partner, nonce)
);
create index partner_nonces_seen on tongban.partner_nonces (seen_at);
