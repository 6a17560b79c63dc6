-- How many timers are out at the moment, asked each time that more are handed out.
create index timers_handed on elsa.timers (handed_until) where handed_until is not null;
