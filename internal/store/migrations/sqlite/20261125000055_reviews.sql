-- +goose Up
-- What a team watches for a time. Only ever grows: the newest that stands on a day counts.
CREATE TABLE focus_choices (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL, -- 1 for the first
    from_day     INTEGER NOT NULL,
    until_day    INTEGER NOT NULL,
    body         TEXT    NOT NULL, -- JSON
    author_id    TEXT    NOT NULL, -- no reference: people leave, and what they said stays
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, number)
) STRICT;

-- Reviews that were begun or left out; the next one is worked out from the rhythm.
CREATE TABLE reviews (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    due_on       INTEGER NOT NULL, -- the day of the rhythm it stands for
    held_on      INTEGER NOT NULL,
    state        TEXT    NOT NULL, -- held, closed, skipped
    version      INTEGER NOT NULL, -- counts edits
    body         TEXT    NOT NULL, -- JSON
    author_id    TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX reviews_by_workspace ON reviews (workspace_id, held_on);
-- Two people who begin at once begin the same one.
CREATE UNIQUE INDEX reviews_held ON reviews (workspace_id) WHERE state = 'held';

-- What somebody put on the next review; review_id names the one that took it up.
CREATE TABLE review_wishes (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    review_id    TEXT    REFERENCES reviews (id) ON DELETE SET NULL,
    about        TEXT    NOT NULL, -- key of a finding, or the id itself: twice about one is once
    body         TEXT    NOT NULL, -- JSON
    author_id    TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX review_wishes_waiting ON review_wishes (workspace_id, about) WHERE review_id IS NULL;

-- How an item of a review was settled. One a row, because versions of the model lead here.
CREATE TABLE review_decisions (
    id            TEXT    NOT NULL PRIMARY KEY,
    workspace_id  TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    review_id     TEXT    NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    item          TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    model_version INTEGER NOT NULL, -- 0: the map stayed as it was
    body          TEXT    NOT NULL, -- JSON
    author_id     TEXT    NOT NULL,
    author        TEXT    NOT NULL,
    decided_at    INTEGER NOT NULL,
    UNIQUE (review_id, item)
) STRICT;

CREATE INDEX review_decisions_by_workspace ON review_decisions (workspace_id, decided_at);
