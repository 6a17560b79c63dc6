-- The sandbox keeps of people what is needed to try the product: recipients masked and found by a keyed hash, bodies masked.
alter table sandbox.messages add column recipient_mark bytea;
update sandbox.messages set recipient = left(recipient, 3) || '****' || right(recipient, 4);
drop index sandbox.messages_recipient;
create index messages_recipient on sandbox.messages (recipient_mark, sent_at);
update sandbox.orders set body = '{}';
update sandbox.cases set body = '{}';
