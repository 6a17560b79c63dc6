-- What partners said of a case is found by its number, to be erased with it.
create index partner_messages_case on tongban.partner_messages ((body ->> 'caseNumber')) where body ? 'caseNumber';
create index materials_content on tongban.materials (sha256);
create index result_files_content on tongban.result_files (sha256);
