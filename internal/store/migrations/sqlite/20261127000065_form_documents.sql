-- +goose Up
-- The files a form hands out. One that a version of its form names stays as long as the form.
CREATE TABLE form_documents (
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT    NOT NULL,
    form_id      TEXT    NOT NULL REFERENCES forms (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL, -- as it is saved by whoever gets it
    kind         TEXT    NOT NULL, -- its media type
    size         INTEGER  NOT NULL, -- bytes
    content      BLOB    NOT NULL,
    author       TEXT    NOT NULL,
    created_at   INTEGER  NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX form_documents_by_form ON form_documents (form_id, created_at);
