-- +goose Up
-- What is remembered of a workspace's alerts: what stands, what was told, when one looked.
CREATE TABLE alert_books (
    workspace_id TEXT    NOT NULL PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL, -- counts looks: two that look at once do not both tell
    body         TEXT    NOT NULL  -- JSON
);

-- What was told, as it was said.
CREATE TABLE alert_messages (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    body         TEXT    NOT NULL, -- JSON
    told_at      BIGINT  NOT NULL
);

CREATE INDEX alert_messages_by_workspace ON alert_messages (workspace_id, told_at);
