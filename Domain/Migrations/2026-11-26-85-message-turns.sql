-- When a message took its turn among those to the same person: what is on its way counts as what has arrived does.
alter table tongban.partner_calls add column turn_at timestamptz;
update tongban.partner_calls set turn_at = finished_at where recipient_mark is not null and state = 'done';
drop index tongban.partner_calls_recipient;
create index partner_calls_recipient on tongban.partner_calls (recipient_mark, turn_at) where recipient_mark is not null;
