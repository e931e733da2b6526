-- +goose Up
CREATE TABLE model_versions (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL CHECK (version >= 1),
    yaml         TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, version)
);
