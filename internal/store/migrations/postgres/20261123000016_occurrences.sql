-- +goose Up
-- What people did that somebody watches. revision counts the writes of a workspace, so that
-- whoever keeps a copy reads only what came since.
CREATE TABLE occurrences (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    watch        TEXT COLLATE "C" NOT NULL, -- sorted by bytes, as on SQLite
    message_id   TEXT    NOT NULL,
    subject      TEXT COLLATE "C" NOT NULL, -- c: and a contact's id, v: and a visitor
    at           BIGINT  NOT NULL, -- milliseconds
    revision     BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, watch, message_id)
);

CREATE INDEX occurrences_by_subject ON occurrences (workspace_id, subject, watch, at);
CREATE INDEX occurrences_by_revision ON occurrences (workspace_id, revision);

CREATE TABLE occurrence_revisions (
    workspace_id TEXT    NOT NULL PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    revision     BIGINT  NOT NULL
);

-- Which definition asks for which watch, and how far back.
CREATE TABLE watches (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    owner        TEXT    NOT NULL, -- segment:, automation:, score: and its id
    watch        TEXT    NOT NULL,
    matcher      TEXT    NOT NULL, -- JSON
    days         INTEGER NOT NULL, -- the longest window; 0 ever since
    PRIMARY KEY (workspace_id, owner, watch)
);

-- How far back the past of a watch has been read from the events.
CREATE TABLE watch_fills (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    watch        TEXT    NOT NULL,
    days         INTEGER NOT NULL, -- 0 ever since
    PRIMARY KEY (workspace_id, watch)
);
