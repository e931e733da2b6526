-- +goose Up
CREATE TABLE views (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    token_sha256 TEXT    NOT NULL UNIQUE,
    version      INTEGER, -- NULL = always the newest
    created_at   BIGINT  NOT NULL,
    expires_at   BIGINT,
    revoked_at   BIGINT,
    FOREIGN KEY (workspace_id, version) REFERENCES model_versions (workspace_id, version) ON DELETE CASCADE
);

CREATE INDEX views_by_workspace ON views (workspace_id);
