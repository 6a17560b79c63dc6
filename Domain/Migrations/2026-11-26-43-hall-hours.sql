-- When halls serve, apart from how limits count. The times that ship are the usual ones and are for administrators to set.
create table tongban.hall_hours (
    hall       text not null references tongban.halls on delete cascade,
    day        int  not null check (day between 1 and 7),
    opens      time not null,
    closes     time not null check (closes > opens),
    daily_life boolean not null default false,
    primary key (hall, day, opens)
);
comment on column tongban.hall_hours.day is '1 Monday to 7 Sunday; a make-up working day serves as a Monday, a holiday not at all.';
comment on column tongban.hall_hours.daily_life is 'Matters of daily life only: items that persons apply for.';
