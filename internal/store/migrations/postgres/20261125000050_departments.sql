-- +goose Up
-- Which department of the company a member is of; '' = not said.
ALTER TABLE members ADD COLUMN department TEXT NOT NULL DEFAULT '';
