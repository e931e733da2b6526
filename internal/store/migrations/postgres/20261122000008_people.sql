-- +goose Up
CREATE TABLE users (
    id             TEXT    NOT NULL PRIMARY KEY,
    email          TEXT    NOT NULL,
    email_folded   TEXT    NOT NULL UNIQUE, -- as it is compared
    name           TEXT    NOT NULL,
    locale         TEXT    NOT NULL,
    password_hash  TEXT    NOT NULL, -- argon2id with its parameters; '' = none chosen yet
    instance_owner BOOLEAN NOT NULL, -- may make workspaces
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL
);

CREATE TABLE members (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role         TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);

CREATE INDEX members_by_user ON members (user_id);

CREATE TABLE sign_ins (
    id           TEXT    NOT NULL PRIMARY KEY,
    token_sha256 TEXT    NOT NULL UNIQUE,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent   TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    last_seen_at BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL
);

CREATE INDEX sign_ins_by_user ON sign_ins (user_id);

CREATE TABLE entry_links (
    token_sha256 TEXT    NOT NULL PRIMARY KEY,
    user_id      TEXT             REFERENCES users (id) ON DELETE CASCADE, -- NULL = makes the first owner
    created_at   BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    used_at      BIGINT 
);

CREATE TABLE write_keys (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key          TEXT    NOT NULL UNIQUE, -- public by nature: websites carry it
    kind         TEXT    NOT NULL, -- browser, server
    name         TEXT    NOT NULL,
    origins      TEXT    NOT NULL, -- JSON list; empty = any website
    created_at   BIGINT  NOT NULL,
    revoked_at   BIGINT 
);

CREATE INDEX write_keys_by_workspace ON write_keys (workspace_id);

CREATE TABLE api_keys (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    token_sha256 TEXT    NOT NULL UNIQUE,
    hint         TEXT    NOT NULL, -- the last letters
    name         TEXT    NOT NULL,
    scopes       TEXT    NOT NULL, -- JSON list
    author       TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    last_used_at BIGINT ,
    expires_at   BIGINT ,
    revoked_at   BIGINT 
);

CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id);
