-- Retention looks for what has been finished longest.
create index instances_by_end on elsa.instances (finished_at) where status = 'Finished';
