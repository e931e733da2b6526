-- +goose Up
-- One asking: who was asked to say what the goal is, and until when. Never rewritten.
CREATE TABLE agreement_rounds (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL, -- 1 for the first
    body         TEXT    NOT NULL, -- JSON: people, note, day to answer by
    author_id    TEXT    NOT NULL, -- not a reference: people leave, their word stays
    author       TEXT    NOT NULL,
    asked_at     BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- What somebody said the goal is. Said anew it is a row more: the first word stays.
CREATE TABLE agreement_statements (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    round        INTEGER NOT NULL,
    person       TEXT    NOT NULL, -- '' for somebody without an account
    body         TEXT    NOT NULL, -- JSON
    said_at      BIGINT  NOT NULL
);

CREATE INDEX agreement_statements_by_workspace ON agreement_statements (workspace_id, said_at, id);

-- A wording that people are asked to sign, of one goal at one version of the model.
CREATE TABLE agreement_proposals (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL, -- 1 for the first
    version      INTEGER NOT NULL, -- of the model
    body         TEXT    NOT NULL, -- JSON: the goal, the wording, who is asked to sign
    author_id    TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    proposed_at  BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- One person's yes to a wording. Taken back it stays, with the day and the reason.
CREATE TABLE agreement_signatures (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    proposal     INTEGER NOT NULL,
    person       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    department   TEXT    NOT NULL,
    signed_at    BIGINT  NOT NULL,
    withdrawn_at BIGINT,
    why          TEXT    NOT NULL
);

CREATE INDEX agreement_signatures_by_workspace ON agreement_signatures (workspace_id, signed_at, id);

-- Nobody signs one wording twice at a time.
CREATE UNIQUE INDEX agreement_signatures_once ON agreement_signatures (workspace_id, proposal, person) WHERE withdrawn_at IS NULL;
