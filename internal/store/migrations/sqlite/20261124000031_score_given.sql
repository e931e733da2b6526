-- +goose Up
-- Points that a step of an automation gave somebody, by hand as it were. The key is that of
-- the step's turn: decided twice they are given once.
CREATE TABLE score_given (
    card_id      TEXT NOT NULL REFERENCES score_cards (id) ON DELETE CASCADE,
    key          TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    subject      TEXT NOT NULL, -- c: and a contact's id
    points       INTEGER NOT NULL, -- thousandths
    cause        TEXT NOT NULL, -- automation: and its id
    name         TEXT NOT NULL, -- of the automation, as it was called
    version      INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (card_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX score_given_by_subject ON score_given (workspace_id, subject);
