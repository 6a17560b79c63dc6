create table tongban.service_items (
    code            text primary key,
    name            text not null,
    spelling        text not null,
    scope           text not null check (scope in ('comprehensive', 'specialist')),
    sector          text not null references tongban.sectors,
    type            text not null,
    kind            text not null check (kind in ('onTheSpot', 'promised')),
    mode            int  not null check (mode between 1 and 3),
    legal_days      int  check (legal_days between 1 and 1000),
    promised_days   int  not null check (promised_days between 1 and 1000),
    day_kind        text not null check (day_kind in ('working', 'calendar')),
    target          text not null check (target in ('person', 'organisation', 'both')),
    fee             text,
    courier_allowed boolean not null,
    visits          int  not null check (visits between 0 and 20),
    result_name     text,
    legal_basis     text,
    warning_days    int  check (warning_days between 1 and 1000),
    workflow        text,
    active          boolean not null,
    sample          boolean not null,
    check (promised_days <= legal_days)
);

comment on column tongban.service_items.spelling is
    'The name in pinyin for the search: a group per character, groups parted by a space, the readings of one by a comma.';

create table tongban.material_requirements (
    item     text not null references tongban.service_items on delete cascade,
    code     text not null,
    position int  not null,
    name     text not null,
    required boolean not null,
    form     text not null check (form in ('original', 'copy', 'electronic')),
    copies   int  not null check (copies between 1 and 100),
    source   text,
    note     text,
    primary key (item, code)
);
