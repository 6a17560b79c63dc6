-- What messages say, as the city words it: mails and short messages alike. A column without a value has the product's words.
alter table tongban.mail_wordings rename to message_wordings;
alter table tongban.message_wordings add column subject text, add column text text;
