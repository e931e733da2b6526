-- +goose Up
-- What a person makes for mail: senders, templates, broadcasts. Their bodies are JSON.
CREATE TABLE mail_pieces (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    kind         TEXT    NOT NULL, -- sender, template, broadcast
    name         TEXT    NOT NULL,
    version      INTEGER NOT NULL, -- the newest
    state        TEXT    NOT NULL, -- of a broadcast; empty for the others
    secret       BYTEA,           -- of a sender, sealed; NULL where none is needed
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX mail_pieces_by_name ON mail_pieces (workspace_id, kind, name);

-- Versions stay as they were: what somebody was sent can be looked at.
CREATE TABLE mail_versions (
    workspace_id TEXT    NOT NULL,
    piece_id     TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    body         TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, piece_id, version),
    FOREIGN KEY (workspace_id, piece_id) REFERENCES mail_pieces (workspace_id, id) ON DELETE CASCADE
);

-- What became of each mail that was handed over. No address: the contact has it.
CREATE TABLE mail_deliveries (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    message_id   TEXT    NOT NULL, -- without the angle brackets, lower case
    contact_id   TEXT    NOT NULL,
    cause        TEXT    NOT NULL,
    variant      TEXT    NOT NULL, -- of an A/B broadcast; empty = there is one only
    class        TEXT    NOT NULL, -- accepted, permanent, unknown
    code         INTEGER NOT NULL, -- of the mail server; 0 = none came
    said         TEXT    NOT NULL,
    at           BIGINT  NOT NULL, -- milliseconds
    returned     TEXT    NOT NULL, -- hard, soft, complaint; empty = nothing came back
    returned_at  BIGINT  NOT NULL, -- 0 = nothing came back
    PRIMARY KEY (workspace_id, message_id)
);
CREATE INDEX mail_deliveries_by_cause ON mail_deliveries (workspace_id, cause);
CREATE INDEX mail_deliveries_by_contact ON mail_deliveries (workspace_id, contact_id, at);

-- Openings and clicks, those of machines too: what is human is decided again when more is known.
CREATE TABLE mail_touches (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    mail         TEXT    NOT NULL, -- short name of the one mail
    n            INTEGER NOT NULL, -- from 1 within the mail
    cause        TEXT    NOT NULL,
    contact_id   TEXT    NOT NULL,
    what         TEXT    NOT NULL, -- open, click, honey
    link         INTEGER NOT NULL,
    agent        TEXT    NOT NULL,
    reason       TEXT    NOT NULL, -- why it is a machine's; empty = a person's
    at           BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, mail, n)
);
CREATE INDEX mail_touches_by_cause ON mail_touches (workspace_id, cause, what, reason);

CREATE TABLE mail_keys (
    workspace_id TEXT  NOT NULL PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    secret       BYTEA NOT NULL -- signs the addresses in mails; they must work for years
);
