-- Which lights have been told of already, so that nobody is told twice. A clock whose due date moves back may be told again:
-- its alerts are of the old due date.
create table tongban.limit_alerts (
    clock  bigint not null references tongban.limit_clocks,
    light  text   not null check (light in ('yellow', 'red')),
    due_on date   not null,
    at     timestamptz not null,
    primary key (clock, light, due_on)
);
