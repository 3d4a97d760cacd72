-- Names are compared byte by byte, whatever the database's collation.
CREATE TABLE secure_api_keys (
    id           TEXT COLLATE "C" PRIMARY KEY,
    prefix       TEXT NOT NULL,
    digest       BYTEA NOT NULL CHECK (octet_length(digest) = 32),
    pepper       TEXT NOT NULL,
    client       TEXT COLLATE "C" NOT NULL,
    tenant       TEXT,
    scope        TEXT NOT NULL,
    roles        TEXT NOT NULL,
    created_at   BIGINT NOT NULL CHECK (created_at >= 0),
    expires_at   BIGINT NOT NULL CHECK (expires_at >= 0),
    revoked_at   BIGINT CHECK (revoked_at >= 0),
    last_used_at BIGINT CHECK (last_used_at >= 0),
    replaced_by  TEXT
);

CREATE INDEX secure_api_keys_by_client ON secure_api_keys (client, created_at);
CREATE INDEX secure_api_keys_by_end ON secure_api_keys (expires_at);
