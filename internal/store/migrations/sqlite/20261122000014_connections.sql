-- +goose Up
-- Where numbers are fetched from on a schedule.
CREATE TABLE connections (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL, -- the model's `connection:`
    kind         TEXT    NOT NULL,
    settings     TEXT    NOT NULL, -- JSON without any secret
    secret       BLOB,             -- sealed; NULL where none is needed
    schedule     TEXT    NOT NULL, -- "hourly" or "daily 06:30"
    window_days  INTEGER NOT NULL, -- the last days fetched again each time
    since        INTEGER NOT NULL, -- first day fetched, days since 1970-01-01
    paused       INTEGER NOT NULL,
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    progress     TEXT    NOT NULL, -- JSON: how far each source of the model is
    next_run     INTEGER NOT NULL,
    last_run     INTEGER,
    last_success INTEGER,
    failures     INTEGER NOT NULL, -- one after another
    failure_code TEXT    NOT NULL, -- of the last run; "" after a good one
    failure_ja   TEXT    NOT NULL,
    failure_en   TEXT    NOT NULL,
    lease        TEXT    NOT NULL, -- who is fetching now; "" is nobody
    lease_until  INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX connections_by_name ON connections (workspace_id, name);
CREATE INDEX connections_by_next_run ON connections (next_run);

CREATE TABLE connection_runs (
    id            INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    connection_id TEXT    NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    started_at    INTEGER NOT NULL,
    ended_at      INTEGER NOT NULL,
    first_day     INTEGER NOT NULL, -- of the days asked for; none where it is after last_day
    last_day      INTEGER NOT NULL,
    row_count     INTEGER NOT NULL,
    day_count     INTEGER NOT NULL,
    failure_code  TEXT    NOT NULL,
    failure_ja    TEXT    NOT NULL,
    failure_en    TEXT    NOT NULL,
    notes         TEXT    NOT NULL  -- JSON
) STRICT;

CREATE INDEX connection_runs_by_connection ON connection_runs (connection_id, id);
