-- Published years name who published them and when.
alter table tongban.calendar_years
    add column published_by text,
    add column published_at timestamptz;
