-- +goose Up
-- What became of an account itself, outside of every workspace: its password, its sign-ins,
-- where it is known. Its person reads it; the workspaces it belongs to have it on their record.
CREATE TABLE account_deeds (
    user_id   TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id        TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    operation TEXT   NOT NULL, -- of the API, or what it did
    changes   TEXT   NOT NULL, -- JSON; '' = none
    PRIMARY KEY (user_id, id)
);
CREATE INDEX account_deeds_by_time ON account_deeds (user_id, at, id);

-- How often something was tried, as long as it counts: of names only fingerprints are kept.
CREATE TABLE attempts (
    name    TEXT   NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL -- when none of the tries is spent any more
);
CREATE INDEX attempts_by_time ON attempts (full_at);
