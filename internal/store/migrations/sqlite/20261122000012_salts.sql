-- +goose Up
CREATE TABLE day_salts (
    day  TEXT NOT NULL PRIMARY KEY,
    salt BLOB NOT NULL
) STRICT;
