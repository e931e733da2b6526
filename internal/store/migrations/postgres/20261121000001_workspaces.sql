-- +goose Up
-- COLLATE "C" orders by bytes, as SQLite does, whatever the server's locale.
CREATE TABLE workspaces (
    id            TEXT             NOT NULL PRIMARY KEY,
    slug          TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT             NOT NULL,
    demo          BOOLEAN          NOT NULL,
    data_revision BIGINT           NOT NULL,
    created_at    BIGINT           NOT NULL, -- milliseconds since 1970, UTC, as all times
    updated_at    BIGINT           NOT NULL
);
