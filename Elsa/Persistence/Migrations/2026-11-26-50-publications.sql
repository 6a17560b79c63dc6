-- Events that a burst has published and that are still to be sent. Sending one deletes its row, so the table is all but empty.
create table elsa.publications (
    id                   text primary key,
    hash                 text not null,
    instance_id          text,
    correlation_id       text,
    input                json
);
