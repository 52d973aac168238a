-- Rotations that can be taken back, trials of candidates, and what waits to be collected.

-- One switch of the current base network: the newest that is not 'rolled-back' is the one that a
-- rollback undoes. Versions are history here and may name networks that were collected since.
CREATE TABLE rotations (
    id INTEGER PRIMARY KEY,
    old_version INTEGER,
    new_version INTEGER NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('running', 'done', 'superseded', 'cancelled', 'rolled-back')),
    is_forced INTEGER NOT NULL CHECK (is_forced IN (0, 1)),
    -- Cubes that were queued for it.
    cube_count INTEGER NOT NULL CHECK (cube_count >= 0),
    started_at TEXT NOT NULL CHECK (length(started_at) = 24),
    finished_at TEXT CHECK (length(finished_at) = 24)
) STRICT;
CREATE INDEX rotations_by_state ON rotations (state, id);

-- What each flip of a rotation put aside: the encoding that a rollback makes current again. The
-- foreign key keeps that encoding, and with it its base network, for as long as the row exists.
CREATE TABLE flips (
    rotation INTEGER NOT NULL REFERENCES rotations (id),
    cube INTEGER NOT NULL REFERENCES cubes (id),
    old_version INTEGER NOT NULL,
    PRIMARY KEY (rotation, cube),
    FOREIGN KEY (cube, old_version) REFERENCES encodings (cube, base_version)
) STRICT, WITHOUT ROWID;
CREATE INDEX flips_by_encoding ON flips (cube, old_version);

-- What became of a candidate at the gate. `report` is the whole report as JSON.
CREATE TABLE trials (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES base_networks (version),
    against_version INTEGER,
    at TEXT NOT NULL CHECK (length(at) = 24),
    outcome TEXT NOT NULL CHECK (outcome IN ('won', 'lost', 'forced')),
    -- Mean PSNR of the cubes that the network was not trained on, else of all that were tried:
    -- what later cubes are held against.
    reference_psnr_decibels REAL,
    report TEXT NOT NULL
) STRICT;
CREATE INDEX trials_by_version ON trials (version, id);

-- First phase of a collection: nothing referred to the object then. It is deleted once it has been
-- marked for the time of grace and still nothing refers to it.
CREATE TABLE collection_marks (
    kind TEXT NOT NULL CHECK (kind IN ('blob', 'base', 'encoding')),
    object TEXT NOT NULL,
    marked_at TEXT NOT NULL CHECK (length(marked_at) = 24),
    byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
    PRIMARY KEY (kind, object)
) STRICT, WITHOUT ROWID;

CREATE INDEX failed_jobs ON jobs (kind, subject) WHERE state = 'failed';
CREATE INDEX cubes_by_arrival ON cubes (ingested_at, source_byte_count);
