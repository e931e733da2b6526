-- +goose Up
CREATE TABLE muted_findings (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    finding      TEXT    NOT NULL, -- its key: code and what it is about
    reason       TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, finding)
);

CREATE TABLE scenarios (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    sets         TEXT    NOT NULL, -- JSON array of suppositions: ["ctr=*2"]
    author       TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL
);

CREATE INDEX scenarios_by_workspace ON scenarios (workspace_id);

CREATE TABLE foretold (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    indicator    TEXT    NOT NULL,
    deadline     BIGINT  NOT NULL, -- days since 1970-01-01, as all days
    amount       DOUBLE PRECISION NOT NULL, -- the number to reach, as it was then
    told_on      BIGINT  NOT NULL, -- the last day the forecast looked at
    probability  DOUBLE PRECISION NOT NULL CHECK (probability >= 0 AND probability <= 1),
    PRIMARY KEY (workspace_id, indicator, deadline, amount, told_on)
);
