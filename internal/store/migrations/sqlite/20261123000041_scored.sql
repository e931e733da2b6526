-- +goose Up
-- The version of a card by which everybody's points were worked out; 0 = none yet. Where it
-- is not the newest, somebody is at it.
ALTER TABLE score_cards ADD COLUMN scored_version INTEGER NOT NULL DEFAULT 0;
