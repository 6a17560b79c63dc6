-- What was printed of a paper the first time; every later print is the same bytes.
create table tongban.notice_prints (
    notice     uuid primary key references tongban.notices,
    sha256     text not null,
    printed_at timestamptz not null
);
