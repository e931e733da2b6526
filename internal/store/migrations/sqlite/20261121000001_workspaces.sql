-- +goose Up
CREATE TABLE workspaces (
    id            TEXT    NOT NULL PRIMARY KEY,
    slug          TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    demo          INTEGER NOT NULL,
    data_revision INTEGER NOT NULL,
    created_at    INTEGER NOT NULL, -- milliseconds since 1970, UTC, as all times
    updated_at    INTEGER NOT NULL
) STRICT;
