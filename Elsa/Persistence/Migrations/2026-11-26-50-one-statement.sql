-- A burst that waits for stimuli holds their hashes shared until it has committed, and looks for stimuli under that hold: a volatile
-- function sees what was committed before each of its statements, also where it is part of one that began earlier.
create function elsa.stimulus_waits(hashes text[]) returns boolean language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(hash, 2)) from unnest(hashes) as hash;
    return exists (select from elsa.stimuli where hash = any(hashes));
end $$;

-- The runtime numbers the bookmarks of a burst: parts of one statement run in no order.
alter table elsa.bookmarks alter column number drop identity;

-- What is old enough to be deleted is found by its age; an index by its end was written twice for each instance.
drop index elsa.instances_by_end;
