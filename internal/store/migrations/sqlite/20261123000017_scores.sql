-- +goose Up
CREATE TABLE score_cards (
    id           TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    version      INTEGER NOT NULL, -- the newest
    live         INTEGER NOT NULL, -- whether it scores people now
    author       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX score_cards_by_workspace ON score_cards (workspace_id, created_at);

CREATE TABLE score_card_versions (
    card_id    TEXT NOT NULL REFERENCES score_cards (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL, -- JSON
    author     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (card_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE scores (
    card_id      TEXT NOT NULL REFERENCES score_cards (id) ON DELETE CASCADE,
    subject      TEXT NOT NULL, -- c: and a contact's id, v: and a visitor
    workspace_id TEXT NOT NULL,
    version      INTEGER NOT NULL,
    points       INTEGER NOT NULL, -- thousandths
    band         TEXT NOT NULL,
    hot          INTEGER NOT NULL,
    next_at      INTEGER NOT NULL, -- when time alone changes the band; 0 = never
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (card_id, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX scores_by_points ON scores (card_id, points);
CREATE INDEX scores_by_subject ON scores (workspace_id, subject);
CREATE INDEX scores_by_next ON scores (next_at) WHERE next_at > 0;

CREATE TABLE leads (
    id           TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    card_id      TEXT NOT NULL REFERENCES score_cards (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    points       INTEGER NOT NULL, -- when they became hot, thousandths
    band         TEXT NOT NULL,
    chance       REAL,          -- of a meeting, as it was told; NULL = it could not be
    why          TEXT NOT NULL, -- JSON
    owner        TEXT NOT NULL, -- who talks with them; empty = nobody yet
    verdict      TEXT NOT NULL, -- empty = nobody has said anything
    reason       TEXT NOT NULL,
    hot_at       INTEGER NOT NULL,
    decided_at   INTEGER NOT NULL, -- 0 = not yet
    UNIQUE (card_id, subject, hot_at)
) STRICT;

CREATE INDEX leads_by_time ON leads (workspace_id, hot_at);
CREATE INDEX leads_by_subject ON leads (workspace_id, subject);

CREATE TABLE lead_verdicts (
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    place   INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    reason  TEXT NOT NULL,
    author  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (lead_id, place)
) STRICT, WITHOUT ROWID;
