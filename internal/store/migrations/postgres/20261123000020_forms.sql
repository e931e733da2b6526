-- +goose Up
CREATE TABLE forms (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL UNIQUE, -- stands in the form's public address
    name         TEXT    NOT NULL,
    version      INTEGER NOT NULL,        -- the newest
    open         BOOLEAN NOT NULL,
    secret       BYTEA   NOT NULL,        -- signs the pages that are shown
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
-- Versions stay as they were: what a person agreed to is the text that was shown.
CREATE TABLE form_versions (
    form_id    TEXT    NOT NULL REFERENCES forms (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    definition TEXT    NOT NULL, -- JSON
    author     TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (form_id, version)
);
CREATE TABLE form_submissions (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    form_id      TEXT    NOT NULL REFERENCES forms (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL,
    state        TEXT    NOT NULL, -- accepted, held, refused
    signs        TEXT    NOT NULL, -- JSON: why it looks like a robot's
    answers      TEXT    NOT NULL, -- JSON
    agreed       BOOLEAN NOT NULL,
    address      TEXT    NOT NULL, -- as it was given, normalised; empty where none was
    contact_id   TEXT    NOT NULL, -- empty until it became one
    visitor      TEXT    NOT NULL, -- the id the page had, after consent; empty without
    page         TEXT    NOT NULL, -- where the form was shown
    nonce        TEXT    NOT NULL, -- of the page that was sent in
    sent_at      BIGINT  NOT NULL,
    done_at      BIGINT  NOT NULL, -- when its event and contact were made; 0 not yet
    judged_by    TEXT    NOT NULL, -- who released or refused it; empty: nobody had to
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX form_submissions_by_form ON form_submissions (form_id, sent_at);
CREATE INDEX form_submissions_by_nonce ON form_submissions (form_id, nonce);
CREATE INDEX form_submissions_by_address ON form_submissions (workspace_id, address);
CREATE INDEX form_submissions_to_do ON form_submissions (sent_at) WHERE done_at = 0 AND state = 'accepted';
