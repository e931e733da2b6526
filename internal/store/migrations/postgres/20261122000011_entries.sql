-- +goose Up
-- What people type in, as it was typed: nothing is overwritten, so that everything can be
-- taken back. The newest row of a metric and a day is what counts.
CREATE TABLE entries (
    id           TEXT   NOT NULL PRIMARY KEY,
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    source_id    TEXT   NOT NULL,
    metric       TEXT   NOT NULL,
    day          BIGINT NOT NULL, -- days since 1970-01-01
    value        DOUBLE PRECISION, -- NULL: taken out
    author       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    place        BIGINT NOT NULL -- counts up within the workspace: the order of what happened at one moment
);

CREATE UNIQUE INDEX entries_by_place ON entries (workspace_id, place);
CREATE INDEX entries_by_day ON entries (workspace_id, source_id, day);
