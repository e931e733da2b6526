-- +goose Up
CREATE TABLE uploads (
    id           TEXT    NOT NULL PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    source_id    TEXT    NOT NULL, -- '' until imported
    file_name    TEXT    NOT NULL,
    size         INTEGER NOT NULL, -- bytes
    sha256       TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('receiving', 'staged', 'imported')),
    row_count    INTEGER NOT NULL,
    first_day    INTEGER,          -- days since 1970-01-01, as all days
    last_day     INTEGER,
    seq          INTEGER NOT NULL, -- order of import within the source, from 1
    uploaded_at  INTEGER NOT NULL,
    imported_at  INTEGER
) STRICT;

CREATE INDEX uploads_by_source ON uploads (workspace_id, source_id, seq);

CREATE TABLE upload_chunks (
    upload_id TEXT    NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL, -- from 0; 1 MiB each before packing, the last one less
    packing   INTEGER NOT NULL, -- 0 = as it is, 1 = deflate
    content   BLOB    NOT NULL,
    PRIMARY KEY (upload_id, number)
) STRICT;
