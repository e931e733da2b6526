-- +goose Up
-- A page that comes by itself: when, to whom and how (body, JSON).
CREATE TABLE reports (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL, -- counts edits
    body         TEXT    NOT NULL,
    next_at      INTEGER,           -- NULL: it does not come by itself
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX reports_by_workspace ON reports (workspace_id, created_at);
CREATE INDEX reports_due ON reports (next_at) WHERE next_at IS NOT NULL;

-- What was sent, as it was. Never rewritten.
CREATE TABLE report_issues (
    report_id    TEXT    NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL, -- 1 for the first
    workspace_id TEXT    NOT NULL,
    mark         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    sheets       TEXT    NOT NULL, -- JSON, by language
    readers      TEXT    NOT NULL, -- JSON
    author       TEXT    NOT NULL, -- '': by its plan
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
) STRICT;
