CREATE TABLE secure_api_keys (
    id           TEXT NOT NULL PRIMARY KEY,
    prefix       TEXT NOT NULL,
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    pepper       TEXT NOT NULL,
    client       TEXT NOT NULL,
    tenant       TEXT,
    scope        TEXT NOT NULL,
    roles        TEXT NOT NULL,
    created_at   INTEGER NOT NULL CHECK (created_at >= 0),
    expires_at   INTEGER NOT NULL CHECK (expires_at >= 0),
    revoked_at   INTEGER CHECK (revoked_at >= 0),
    last_used_at INTEGER CHECK (last_used_at >= 0),
    replaced_by  TEXT
) STRICT;

CREATE INDEX secure_api_keys_by_client ON secure_api_keys (client, created_at);
CREATE INDEX secure_api_keys_by_end ON secure_api_keys (expires_at);
