-- +goose Up
-- What a read-only link is called, shows and asks for.
ALTER TABLE views ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE views ADD COLUMN author TEXT NOT NULL DEFAULT '';
-- argon2id; '' = no password
ALTER TABLE views ADD COLUMN password_hash TEXT NOT NULL DEFAULT '';
-- parts in a row, with commas between them
ALTER TABLE views ADD COLUMN shows TEXT NOT NULL DEFAULT 'now,map';
-- with people's names
ALTER TABLE views ADD COLUMN names BOOLEAN NOT NULL DEFAULT FALSE;
-- hosts whose pages may show it, with commas between them
ALTER TABLE views ADD COLUMN sites TEXT NOT NULL DEFAULT '';

-- How often a link was opened on a day; of who opened it nothing is kept.
CREATE TABLE view_looks (
    view_id      TEXT    NOT NULL REFERENCES views (id) ON DELETE CASCADE,
    day          INTEGER NOT NULL,
    opened       INTEGER NOT NULL,
    embedded     INTEGER NOT NULL, -- of these, inside a page of another site
    last_at      BIGINT  NOT NULL,
    PRIMARY KEY (view_id, day)
);
