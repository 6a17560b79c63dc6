-- Mails of the bounce mailbox that were read: those about a call are deleted from the mailbox after this row is committed, the
-- others stay there for people and are not read again.
create table tongban.bounce_mails (
    uid     text primary key,
    call_id uuid,
    report  bytea,
    read_at timestamptz not null,
    unique (call_id, report)
);
comment on column tongban.bounce_mails.uid is 'What the mailbox calls the mail (UIDL, RFC 1939).';
comment on column tongban.bounce_mails.call_id is 'The call of the outbox that it is about; null for none.';
comment on column tongban.bounce_mails.report is 'SHA-256 of the report''s Message-Id, or of all of it: the same report is heard once.';
create index bounce_mails_read on tongban.bounce_mails (read_at);
