-- What mails that are about no paper say beside their message, as the city words it; a topic without a row has the product's words.
create table tongban.mail_wordings (
    topic      text primary key,
    advice     text not null,
    changed_at timestamptz not null,
    changed_by text not null
);
