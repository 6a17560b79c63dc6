create table tongban.divisions (
    code     text primary key check (code ~ '^[0-9]{6}$'),
    name     text not null unique,
    position int  not null
);

create table tongban.sectors (
    code     text primary key check (code ~ '^[A-Z]{2,6}$'),
    name     text not null unique,
    position int  not null
);

create table tongban.halls (
    code     text primary key,
    name     text not null,
    division text not null references tongban.divisions,
    kind     text not null check (kind in ('comprehensive', 'specialist')),
    sector   text references tongban.sectors,
    check ((kind = 'specialist') = (sector is not null))
);

create table tongban.windows (
    hall   text not null references tongban.halls,
    number int  not null check (number > 0),
    kind   text not null check (kind in ('comprehensive', 'specialist')),
    primary key (hall, number)
);

create table tongban.authorities (
    code     text primary key,
    name     text not null,
    division text not null references tongban.divisions,
    sector   text not null references tongban.sectors,
    channel  text not null check (channel in ('system', 'desk')),
    unique (sector, division)
);
