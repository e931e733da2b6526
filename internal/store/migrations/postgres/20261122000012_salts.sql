-- +goose Up
CREATE TABLE day_salts (
    day  TEXT  NOT NULL PRIMARY KEY,
    salt BYTEA NOT NULL
);
