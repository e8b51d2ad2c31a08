-- Devices that hold an id. One key has one id, one id has one key.
CREATE TABLE peers (
    id         INTEGER PRIMARY KEY,          -- the twelve digits as one number
    key        BLOB    NOT NULL UNIQUE CHECK (length(key) = 32),
    generation INTEGER NOT NULL,             -- of the id certificate; grows with every change of the key
    epoch      INTEGER NOT NULL,             -- of the last registration; a lower one is refused
    created    INTEGER NOT NULL,             -- unix time in seconds, as the two below
    changed    INTEGER NOT NULL,             -- when the key changed last
    seen       INTEGER NOT NULL              -- when it registered last
) STRICT;

-- Certificates of an id below its minimum generation are void.
CREATE TABLE revocations (
    id                 INTEGER PRIMARY KEY,
    minimum_generation INTEGER NOT NULL,
    since              INTEGER NOT NULL
) STRICT;
