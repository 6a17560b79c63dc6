-- The set phrases of papers as the city words them; a kind without a row has those that the product ships with.
create table tongban.paper_wordings (
    kind       text primary key,
    opening    text not null,
    closing    text not null,
    changed_at timestamptz not null,
    changed_by text not null
);
