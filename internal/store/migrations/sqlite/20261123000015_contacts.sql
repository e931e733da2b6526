-- +goose Up
CREATE TABLE contacts (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    number       INTEGER NOT NULL, -- dense within the workspace, never given twice
    address      TEXT    NOT NULL, -- as it is written to; empty = none known
    name         TEXT    NOT NULL,
    company_id   TEXT    NOT NULL,
    owner        TEXT    NOT NULL,
    tags         TEXT    NOT NULL, -- JSON list, in order
    properties   TEXT    NOT NULL, -- JSON: value by key
    said         TEXT    NOT NULL, -- JSON: moment by field
    search       TEXT    NOT NULL, -- what is looked for, in lower case
    created_at   INTEGER NOT NULL, -- milliseconds, as every moment here
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX contacts_by_number ON contacts (workspace_id, number);
CREATE INDEX contacts_by_time ON contacts (workspace_id, updated_at);
CREATE INDEX contacts_by_company ON contacts (workspace_id, company_id);

CREATE TABLE contact_numbers (
    workspace_id TEXT    NOT NULL PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    last         INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_identities (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL, -- address, user, visitor
    value        TEXT    NOT NULL,
    contact_id   TEXT    NOT NULL,
    at           INTEGER NOT NULL, -- when it was said to be theirs
    PRIMARY KEY (workspace_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_identities_by_contact ON contact_identities (workspace_id, contact_id);

CREATE TABLE contact_merges (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    old_id       TEXT    NOT NULL,
    contact_id   TEXT    NOT NULL, -- where it leads, after all merges
    at           INTEGER NOT NULL,
    merged_by    TEXT    NOT NULL, -- empty = it followed from what was learned
    PRIMARY KEY (workspace_id, old_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_merges_by_contact ON contact_merges (workspace_id, contact_id);

CREATE TABLE companies (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    domain       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    record_key   TEXT    NOT NULL, -- the same thing told twice is one record
    address      TEXT    NOT NULL,
    basis        TEXT    NOT NULL,
    topic        TEXT    NOT NULL,
    state        TEXT    NOT NULL, -- granted, refused
    at           INTEGER NOT NULL,
    source       TEXT    NOT NULL,
    form         TEXT    NOT NULL,
    form_version INTEGER NOT NULL,
    shown        TEXT    NOT NULL, -- the text, to the letter
    ip           TEXT    NOT NULL,
    user_agent   TEXT    NOT NULL,
    notice       TEXT    NOT NULL,
    operator     TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    is_double    INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL, -- 0 = not; filled in once, the only thing that ever changes
    no_ads       INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX consents_by_key ON consents (workspace_id, record_key);
CREATE INDEX consents_by_address ON consents (workspace_id, address);

-- Outlives the contact: an address nobody may write to is known by its hash alone.
CREATE TABLE suppressions (
    workspace_id  TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    address_hash  TEXT    NOT NULL,
    topic         TEXT    NOT NULL, -- empty = every topic
    reason        TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    suppressed_by TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    lifted_at     INTEGER NOT NULL, -- 0 = it holds
    lifted_by     TEXT    NOT NULL,
    lifted_why    TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, address_hash, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppression_keys (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    secret       BLOB NOT NULL
) STRICT;

CREATE TABLE moments (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    contact_id   TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    cause        TEXT    NOT NULL,
    said_by      TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    body         TEXT    NOT NULL, -- JSON; empty = none
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moments_by_contact ON moments (workspace_id, contact_id, at);
CREATE INDEX moments_by_time ON moments (workspace_id, at);
