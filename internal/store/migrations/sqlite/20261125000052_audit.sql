-- +goose Up
-- Whether a member may take numbers out of the house as files; NULL = what the role says.
ALTER TABLE members ADD COLUMN export INTEGER;

-- What was changed here, by whom, and what it was before and after.
CREATE TABLE audit (
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT   NOT NULL,
    at           INTEGER NOT NULL,
    actor_kind   TEXT   NOT NULL, -- person, key
    actor_id     TEXT   NOT NULL, -- of the person or the key; they may be gone since
    actor        TEXT   NOT NULL, -- its name at that time
    role         TEXT   NOT NULL,
    area         TEXT   NOT NULL, -- people, map, measure, ask, act, share, settings
    operation    TEXT   NOT NULL, -- of the API
    subject      TEXT   NOT NULL, -- id of what was changed; '' = the workspace's only one
    subject_name TEXT   NOT NULL,
    request      TEXT   NOT NULL, -- its number in the log
    changes      TEXT   NOT NULL, -- JSON; '' = not read
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX audit_by_time ON audit (workspace_id, at, id);

-- Who looked at what on which day: once a day, whatever the number of times.
CREATE TABLE looks (
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    day          INTEGER NOT NULL,
    person       TEXT   NOT NULL, -- id of a user
    what         TEXT   NOT NULL, -- map, indicator, findings, …
    thing        TEXT   NOT NULL, -- id of the one; '' = all of it
    PRIMARY KEY (workspace_id, day, person, what, thing)
) STRICT, WITHOUT ROWID;
