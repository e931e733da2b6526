-- +goose Up
-- AUTOINCREMENT: readers remember a seq, so none may be given twice, even after
-- the table was emptied.
CREATE TABLE inbox (
    seq        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    payload    BLOB    NOT NULL,
    events     INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE inbox_places (
    reader TEXT    NOT NULL PRIMARY KEY, -- '' = what was dropped
    seq    INTEGER NOT NULL              -- of the last batch that is done with
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox_aside (
    seq     INTEGER NOT NULL PRIMARY KEY,
    payload BLOB    NOT NULL,
    events  INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE TABLE inbox_seen (
    seq          INTEGER NOT NULL PRIMARY KEY, -- the last batch it is made of
    fingerprints BLOB    NOT NULL              -- of message ids, 8 bytes each, little endian
) STRICT;

CREATE TABLE event_names (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    kind         INTEGER NOT NULL,
    name         TEXT    NOT NULL, -- '' = all that came after the limit was reached
    count        INTEGER NOT NULL,
    first_seen   INTEGER NOT NULL,
    last_seen    INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE write_key_activity (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key_id       TEXT    NOT NULL,
    count        INTEGER NOT NULL,
    first_seen   INTEGER NOT NULL,
    last_seen    INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, key_id)
) STRICT, WITHOUT ROWID;
