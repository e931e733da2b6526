-- +goose Up
-- A click is told as an event once it is known whether a machine followed all links at once.
ALTER TABLE mail_touches ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_touches ADD COLUMN told INTEGER NOT NULL DEFAULT 1; -- 0 = its event is still to be made
CREATE INDEX mail_touches_untold ON mail_touches (at) WHERE told = 0;

-- How many mails left by a sender on a day: what a warm-up is held against.
CREATE TABLE mail_days (
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    sender_id    TEXT   NOT NULL,
    day          INTEGER NOT NULL, -- civil day, days since 1970
    sent         INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, sender_id, day)
) STRICT, WITHOUT ROWID;
