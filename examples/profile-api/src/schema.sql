BEGIN;

CREATE TABLE IF NOT EXISTS profiles (
    user_id TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    bio     TEXT NOT NULL,
    email   TEXT NOT NULL,
    role    TEXT NOT NULL DEFAULT 'customer'
) STRICT;

CREATE TABLE IF NOT EXISTS orders (
    id       INTEGER PRIMARY KEY,
    user_id  TEXT    NOT NULL REFERENCES profiles (user_id),
    product  TEXT    NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    approved INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS products (
    id    TEXT PRIMARY KEY,
    name  TEXT    NOT NULL,
    price INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS reports (
    org_id  TEXT PRIMARY KEY,
    revenue INTEGER NOT NULL
) STRICT;

INSERT OR IGNORE INTO profiles (user_id, name, bio, email) VALUES
    ('alice', 'Alice Example', 'Likes maps.', 'alice@example.com'),
    ('bob', 'Bob Example', 'Likes trains.', 'bob@example.com');

INSERT OR IGNORE INTO orders (id, user_id, product, amount) VALUES
    (1, 'alice', 'atlas', 4000),
    (2, 'alice', 'globe', 25000),
    (3, 'bob', 'timetable', 900);

INSERT OR IGNORE INTO products VALUES
    ('atlas', 'Atlas of the world', 4000),
    ('globe', 'Globe, 60 cm', 25000),
    ('timetable', 'Timetable of 1913', 900);

INSERT OR IGNORE INTO reports VALUES
    ('acme', 120000),
    ('globex', 340000);

COMMIT;
