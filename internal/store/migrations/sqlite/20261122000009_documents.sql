-- +goose Up
CREATE TABLE documents (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL, -- segment, funnel, channel_rules, …
    id           TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    body         TEXT    NOT NULL, -- JSON; its kind knows the shape
    author       TEXT    NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, kind, id)
) STRICT, WITHOUT ROWID;
