-- What is handed to the courier at once: one list, signed by both. A parcel stands on one list at most; each line is kept as it was
-- when the list was made, so that it prints the same again.
create table tongban.parcel_manifests (
    id           uuid primary key,
    number       text not null unique,
    made_at      timestamptz not null,
    made_by      text not null,
    made_by_name text not null
);
create index parcel_manifests_newest on tongban.parcel_manifests (made_at desc);

create table tongban.parcel_manifest_lines (
    shipment    uuid primary key references tongban.shipments,
    manifest    uuid not null references tongban.parcel_manifests,
    position    int  not null,
    case_number text not null,
    leg         text not null,
    waybill     text not null,
    contents    jsonb not null
);
create index parcel_manifest_lines_manifest on tongban.parcel_manifest_lines (manifest, position);
