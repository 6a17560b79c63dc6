-- Until when a timer that was handed to a job server is not handed out again; firing deletes the row all the same.
alter table elsa.timers add column handed_until timestamptz;
create index timers_by_hand_over on elsa.timers (greatest(due_at, handed_until));

-- Sleeping hosts are woken when a timer is set: one may be due sooner than all they know of.
create function elsa.announce_timer() returns trigger language plpgsql as $$
begin
    perform pg_notify('elsa_timers', '');
    return null;
end $$;

create trigger timers_announce after insert on elsa.timers
    for each statement execute function elsa.announce_timer();
