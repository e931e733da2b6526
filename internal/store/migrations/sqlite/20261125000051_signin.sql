-- +goose Up
-- Ways in besides passwords: a link by mail that works once, and an identity at a provider
-- of sign-ins. Of links only fingerprints are kept.
CREATE TABLE sign_in_links (
    token_sha256 TEXT    NOT NULL PRIMARY KEY,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER
) STRICT;

CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

CREATE TABLE user_identities (
    issuer       TEXT    NOT NULL,
    subject      TEXT    NOT NULL, -- what the issuer calls the person; unlike an address it never changes hands
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    email        TEXT    NOT NULL, -- as the issuer told it when they were tied together
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (issuer, user_id)
) STRICT;

CREATE INDEX user_identities_by_user ON user_identities (user_id);

-- How a browser got in: password, entry, mail, oidc.
ALTER TABLE sign_ins ADD COLUMN way TEXT NOT NULL DEFAULT 'password';

-- 1 = the link reached its person by mail, so that using it proves whose the address is.
ALTER TABLE entry_links ADD COLUMN proves INTEGER NOT NULL DEFAULT 0;

-- When the person has shown that the address is theirs; NULL = somebody else typed it in.
ALTER TABLE users ADD COLUMN proven_at INTEGER;

UPDATE users SET proven_at = created_at WHERE instance_owner = 1;
