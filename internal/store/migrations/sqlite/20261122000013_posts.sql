-- +goose Up
CREATE TABLE posts (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    network      TEXT    NOT NULL,
    post_id      TEXT    NOT NULL, -- the network's own
    posted_at    INTEGER NOT NULL, -- milliseconds
    day_only     INTEGER NOT NULL, -- the hour is not known
    format       TEXT    NOT NULL,
    theme        TEXT    NOT NULL,
    theme_by     TEXT    NOT NULL, -- who wrote the theme; empty: it is the hashtags
    text         TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    metrics      TEXT    NOT NULL, -- JSON: number by name
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, network, post_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_by_time ON posts (workspace_id, posted_at);
