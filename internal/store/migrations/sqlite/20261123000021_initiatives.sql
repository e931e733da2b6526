-- +goose Up
CREATE TABLE initiatives (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL, -- counts edits
    body         TEXT    NOT NULL, -- JSON
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX initiatives_by_workspace ON initiatives (workspace_id, created_at);

-- What was known of an initiative, each time somebody asked. Never rewritten.
CREATE TABLE initiative_estimates (
    initiative_id TEXT    NOT NULL REFERENCES initiatives (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL, -- 1 for the first
    workspace_id  TEXT    NOT NULL,
    body          TEXT    NOT NULL, -- JSON
    author        TEXT    NOT NULL,
    told_at       INTEGER NOT NULL,
    PRIMARY KEY (initiative_id, number)
) STRICT;
