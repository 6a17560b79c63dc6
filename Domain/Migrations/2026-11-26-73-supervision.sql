-- Where a division's people start from, for the trips that city-wide handling saves them.
create table tongban.division_places (
    division  text primary key references tongban.divisions,
    latitude  double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180)
);
-- Kilometres by road between two divisions: the great circle and a third for the bends. Null where a place is not known.
create function tongban.road_km(a text, b text) returns double precision language sql stable as $$
    select 1.3 * 6371 * acos(least(1, sin(radians(x.latitude)) * sin(radians(y.latitude))
        + cos(radians(x.latitude)) * cos(radians(y.latitude)) * cos(radians(x.longitude - y.longitude))))
    from tongban.division_places x, tongban.division_places y where x.division = a and y.division = b
$$;

-- A bad rating is looked into: verified, put right and answered within its days.
create table tongban.rating_checks (
    case_number text primary key references tongban.ratings,
    opened_at   timestamptz not null,
    due_on      date not null,
    is_founded  boolean,
    finding     text,
    measure     text,
    answer      text,
    answered_at timestamptz,
    answered_by text,
    check ((answered_at is null) = (answer is null)),
    check ((answered_at is null) = (is_founded is null))
);
create index rating_checks_open on tongban.rating_checks (due_on) where answered_at is null;
create index ratings_rated on tongban.ratings (rated_at);
create index tasks_completed on tongban.tasks (completed_at) where completed_at is not null;
create index decisions_decided on tongban.decisions (decided_at);
create index supplements_requested on tongban.supplements (requested_at);
