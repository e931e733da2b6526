-- +goose Up
CREATE TABLE point_series (
    id           INTEGER NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    source_id    TEXT    NOT NULL,
    metric       TEXT    NOT NULL,
    dimensions   TEXT    NOT NULL, -- JSON array of dimension values; '' for the total
    UNIQUE (workspace_id, source_id, metric, dimensions)
) STRICT;

CREATE TABLE points (
    series_id INTEGER NOT NULL REFERENCES point_series (id) ON DELETE CASCADE,
    day       INTEGER NOT NULL,
    value     REAL    NOT NULL,
    PRIMARY KEY (series_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_days (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    source_id    TEXT    NOT NULL,
    day          INTEGER NOT NULL,
    row_count    INTEGER NOT NULL CHECK (row_count >= 1),
    upload_id    TEXT             REFERENCES uploads (id) ON DELETE SET NULL,
    PRIMARY KEY (workspace_id, source_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_days_by_upload ON source_days (upload_id);
