-- +goose Up
CREATE TABLE questions (
    id               TEXT    NOT NULL PRIMARY KEY,
    workspace_id     TEXT    NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    about            TEXT    NOT NULL, -- indicator:visits, road:likes>visits, map …
    about_name       TEXT    NOT NULL, -- as it was called when it was asked
    quote            TEXT    NOT NULL, -- what it said then
    asker            TEXT    NOT NULL, -- people leave: no reference
    asker_name       TEXT    NOT NULL,
    asker_department TEXT    NOT NULL,
    outside          BOOLEAN NOT NULL,
    mail             TEXT    NOT NULL, -- of somebody from outside who wants to be answered
    view_id          TEXT    NOT NULL, -- the read-only page it was asked on
    ticket           TEXT    NOT NULL, -- SHA-256 of the secret that shows the answer
    settled          BOOLEAN NOT NULL,
    answer           INTEGER NOT NULL, -- number of the message that answers it; 0 = none marked
    last_number      INTEGER NOT NULL,
    replied          BOOLEAN NOT NULL, -- by somebody else than the asker
    summary          TEXT    NOT NULL,
    parts            TEXT    NOT NULL, -- JSON: ids of who takes part
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL
);

CREATE INDEX questions_by_workspace ON questions (workspace_id, updated_at);
CREATE INDEX questions_by_subject ON questions (workspace_id, about);
CREATE UNIQUE INDEX questions_by_ticket ON questions (ticket) WHERE ticket <> '';

CREATE TABLE question_messages (
    question_id       TEXT    NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    number            INTEGER NOT NULL, -- 1 is the question
    workspace_id      TEXT    NOT NULL,
    author            TEXT    NOT NULL,
    author_name       TEXT    NOT NULL,
    author_department TEXT    NOT NULL,
    outside           BOOLEAN NOT NULL,
    body              TEXT    NOT NULL,
    folded            TEXT    NOT NULL, -- as it is searched
    calls             TEXT    NOT NULL, -- JSON: who is called by name
    created_at        BIGINT NOT NULL,
    edited_at         BIGINT,
    deleted           BOOLEAN NOT NULL,
    PRIMARY KEY (question_id, number)
);

CREATE INDEX question_messages_by_workspace ON question_messages (workspace_id);

-- How far each person has read.
CREATE TABLE question_reads (
    workspace_id TEXT    NOT NULL,
    user_id      TEXT    NOT NULL, -- people leave: no reference
    question_id  TEXT    NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, user_id, question_id)
);
