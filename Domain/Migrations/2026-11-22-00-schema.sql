create schema if not exists tongban;
