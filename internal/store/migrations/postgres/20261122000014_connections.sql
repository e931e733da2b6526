-- +goose Up
-- Where numbers are fetched from on a schedule.
CREATE TABLE connections (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL, -- the model's `connection:`
    kind         TEXT    NOT NULL,
    settings     TEXT    NOT NULL, -- JSON without any secret
    secret       BYTEA,            -- sealed; NULL where none is needed
    schedule     TEXT    NOT NULL, -- "hourly" or "daily 06:30"
    window_days  BIGINT  NOT NULL, -- the last days fetched again each time
    since        BIGINT  NOT NULL, -- first day fetched, days since 1970-01-01
    paused       BOOLEAN NOT NULL,
    author       TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    progress     TEXT    NOT NULL, -- JSON: how far each source of the model is
    next_run     BIGINT  NOT NULL,
    last_run     BIGINT ,
    last_success BIGINT ,
    failures     BIGINT  NOT NULL, -- one after another
    failure_code TEXT    NOT NULL, -- of the last run; "" after a good one
    failure_ja   TEXT    NOT NULL,
    failure_en   TEXT    NOT NULL,
    lease        TEXT    NOT NULL, -- who is fetching now; "" is nobody
    lease_until  BIGINT  NOT NULL
);

CREATE UNIQUE INDEX connections_by_name ON connections (workspace_id, name);
CREATE INDEX connections_by_next_run ON connections (next_run);

CREATE TABLE connection_runs (
    id            BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connection_id TEXT    NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    started_at    BIGINT  NOT NULL,
    ended_at      BIGINT  NOT NULL,
    first_day     BIGINT  NOT NULL, -- of the days asked for; none where it is after last_day
    last_day      BIGINT  NOT NULL,
    row_count     BIGINT  NOT NULL,
    day_count     BIGINT  NOT NULL,
    failure_code  TEXT    NOT NULL,
    failure_ja    TEXT    NOT NULL,
    failure_en    TEXT    NOT NULL,
    notes         TEXT    NOT NULL  -- JSON
);

CREATE INDEX connection_runs_by_connection ON connection_runs (connection_id, id);
