-- Who may sign in, and where they work. The password is kept as a salted PBKDF2 hash only.
create table tongban.users (
    user_name     text primary key,
    name          text not null,
    role          text not null,
    hall          text,
    window_number integer,
    authority     text,
    password_hash text not null,
    disabled      boolean not null default false,
    failures      integer not null default 0,
    locked_until  timestamptz,
    created_at    timestamptz not null
);
create unique index users_name on tongban.users (lower(user_name));

-- Keys that all hosts of this database share: signing keys and the ring that protects cookies.
create table tongban.host_keys (
    name       text primary key,
    content    text not null,
    created_at timestamptz not null
);
