-- +goose Up
-- COLLATE "C" orders by bytes, as SQLite does, whatever the server's locale.
CREATE TABLE point_series (
    id           BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT             NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    source_id    TEXT COLLATE "C" NOT NULL,
    metric       TEXT COLLATE "C" NOT NULL,
    dimensions   TEXT COLLATE "C" NOT NULL, -- JSON array of dimension values; '' for the total
    UNIQUE (workspace_id, source_id, metric, dimensions)
);

CREATE TABLE points (
    series_id BIGINT           NOT NULL REFERENCES point_series (id) ON DELETE CASCADE,
    day       INTEGER          NOT NULL,
    value     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (series_id, day)
);

CREATE TABLE source_days (
    workspace_id TEXT             NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    source_id    TEXT COLLATE "C" NOT NULL,
    day          INTEGER          NOT NULL,
    row_count    INTEGER          NOT NULL CHECK (row_count >= 1),
    upload_id    TEXT             REFERENCES uploads (id) ON DELETE SET NULL,
    PRIMARY KEY (workspace_id, source_id, day)
);

CREATE INDEX source_days_by_upload ON source_days (upload_id);
