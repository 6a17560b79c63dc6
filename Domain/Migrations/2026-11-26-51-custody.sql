-- Papers of cases. Each has exactly one holder at any time: it is a column of its row, and changes by a hand-over alone.
create table tongban.papers (
    id          uuid primary key,
    case_number text not null references tongban.cases,
    kind        text not null check (kind in ('material', 'result')),
    code        text not null,
    name        text not null,
    holder_kind text not null check (holder_kind in ('window', 'parcel', 'authority', 'applicant')),
    holder      text not null,
    since       timestamptz not null
);
create index papers_case on tongban.papers (case_number);
create index papers_parcel on tongban.papers (holder) where holder_kind = 'parcel';

-- Who gave which papers to whom; rows are only ever added. One that takes papers back names the one that it undoes.
create table tongban.hand_overs (
    id          uuid primary key,
    position    bigint generated always as identity,
    case_number text not null references tongban.cases,
    from_kind   text not null,
    from_holder text not null,
    to_kind     text not null,
    to_holder   text not null,
    papers      uuid[] not null check (cardinality(papers) > 0),
    reason      text,
    back_of     uuid references tongban.hand_overs,
    at          timestamptz not null,
    by_user     text not null,
    by_name     text not null
);
create index hand_overs_case on tongban.hand_overs (case_number, position);
create unique index hand_overs_back on tongban.hand_overs (back_of) where back_of is not null;
create function tongban.hand_over_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'hand-overs are only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger hand_overs_final before update or delete on tongban.hand_overs for each row execute function tongban.hand_over_is_final();
