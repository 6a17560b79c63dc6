-- Locks instances that were read without a lock, if they are still as they were read. It never waits: who is in the way may take long,
-- and whoever asks can begin again. Two who have read the same one do not both hold it.
create function elsa.hold(ids text[], versions xid[]) returns void language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare held int;
begin
    perform from (select distinct id, version from unnest(ids, versions) as given(id, version)) as read join elsa.instances i on i.id = read.id and i.xmin = read.version
    order by i.id for update of i skip locked;
    get diagnostics held = row_count;
    if held < cardinality(ids) then
        raise exception 'Of % instances % have changed since they were read.', cardinality(ids), cardinality(ids) - held using errcode = 'serialization_failure';
    end if;
end $$;

-- The same look for stimuli as before, for the bookmarks of several bursts: it answers the hashes for which one waits.
create function elsa.waiting_of(hashes text[]) returns setof text language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(hash, 2)) from unnest(hashes) as hash;
    return query select distinct hash from elsa.stimuli where hash = any(hashes);
end $$;
drop function elsa.stimulus_waits(text[]);
