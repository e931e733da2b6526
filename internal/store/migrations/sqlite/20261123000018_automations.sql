-- +goose Up
CREATE TABLE automations (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    kpi          TEXT    NOT NULL, -- the indicator it serves
    version      INTEGER NOT NULL, -- the newest
    live_version INTEGER NOT NULL, -- the one people enter by; 0 = switched off
    live_since   INTEGER NOT NULL,
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX automations_by_workspace ON automations (workspace_id, created_at);

CREATE TABLE automation_versions (
    automation_id TEXT    NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
    version       INTEGER NOT NULL,
    body          TEXT    NOT NULL, -- JSON
    author        TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (automation_id, version)
) STRICT, WITHOUT ROWID;

-- Counts up whenever a rule that acts may have changed, so that who keeps them in memory
-- need ask for no more than one number.
CREATE TABLE act_changes (
    id INTEGER NOT NULL PRIMARY KEY,
    n  INTEGER NOT NULL
) STRICT;

INSERT INTO act_changes (id, n) VALUES (1, 1);

CREATE TABLE journeys (
    automation_id TEXT    NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
    contact_id    TEXT    NOT NULL,
    entry         INTEGER NOT NULL, -- 1 for the first time
    workspace_id  TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    step          TEXT    NOT NULL,
    since         INTEGER NOT NULL,
    entered_at    INTEGER NOT NULL,
    ended_at      INTEGER NOT NULL,
    wake_at       INTEGER NOT NULL,
    visits        TEXT    NOT NULL, -- JSON
    PRIMARY KEY (automation_id, contact_id, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX journeys_by_wake ON journeys (wake_at) WHERE state = 'inside';
CREATE INDEX journeys_by_contact ON journeys (workspace_id, contact_id);
CREATE INDEX journeys_by_step ON journeys (automation_id, state, version, step);

-- Whether a trigger's condition was true of somebody when it was last looked at.
CREATE TABLE trigger_states (
    automation_id TEXT    NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
    contact_id    TEXT    NOT NULL,
    workspace_id  TEXT    NOT NULL,
    holds         INTEGER NOT NULL,
    look_at       INTEGER NOT NULL, -- when time alone may change it; 0 = never
    PRIMARY KEY (automation_id, contact_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX trigger_states_by_look ON trigger_states (look_at) WHERE look_at > 0;
CREATE INDEX trigger_states_by_contact ON trigger_states (workspace_id, contact_id);

-- People whose properties, tags, scores or consent changed and whom nobody has looked at since.
CREATE TABLE act_touched (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    contact_id   TEXT NOT NULL,
    PRIMARY KEY (workspace_id, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key          TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    stream       TEXT    NOT NULL,
    lane         INTEGER NOT NULL, -- what goes first: 0 transactional, then by priority
    priority     INTEGER NOT NULL,
    contact_id   TEXT    NOT NULL,
    cause        TEXT    NOT NULL,
    payload      BLOB    NOT NULL,
    not_before   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL, -- 0 = never
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    node         TEXT    NOT NULL, -- who hands it over
    run          TEXT    NOT NULL, -- in which run of that program
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX outbox_by_key ON outbox (workspace_id, key);
CREATE INDEX outbox_due ON outbox (kind, lane, not_before) WHERE state = 'queued';
CREATE INDEX outbox_open ON outbox (state, node) WHERE state IN ('sending', 'unknown');
CREATE INDEX outbox_by_contact ON outbox (workspace_id, contact_id, updated_at);
CREATE INDEX outbox_by_cause ON outbox (workspace_id, cause, state);

-- What webhooks are signed with; drawn once.
CREATE TABLE act_secret (
    id     INTEGER NOT NULL PRIMARY KEY,
    secret BLOB    NOT NULL
) STRICT;
