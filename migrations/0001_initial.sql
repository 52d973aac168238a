-- The catalog's tables, version 1. Applied files are never edited: the catalog keeps each one's
-- SHA-256 and refuses to open where the text has changed. docs/FORMAT.md says what the columns mean.
--
-- Conventions: every table STRICT; digests are 32-byte BLOBs; times are UTC text of 24 characters,
-- 2026-01-31T23:59:59.999Z, which sort as they stand; truth values are 0 or 1. The columns
-- `georeference`, `layout`, `architecture`, `manifest`, `figures` and `payload` are JSON texts.

PRAGMA application_id = 1129729108;  -- 'CVLT'

-- Every blob that a committed row may refer to. A blob's row is written after its file is safe.
CREATE TABLE blobs (
    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    kind TEXT NOT NULL,
    content_byte_count INTEGER NOT NULL CHECK (content_byte_count >= 0),
    stored_byte_count INTEGER NOT NULL CHECK (stored_byte_count >= 0),
    chunk_count INTEGER NOT NULL CHECK (chunk_count >= 0),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24)
) STRICT, WITHOUT ROWID;

CREATE TABLE collections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24)
) STRICT;

-- The integer id is for joins inside this file only (R*Tree and FTS5 need it); people and programs
-- name a cube by its digest.
CREATE TABLE cubes (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    variable TEXT,
    lines INTEGER NOT NULL CHECK (lines > 0),
    samples INTEGER NOT NULL CHECK (samples > 0),
    bands INTEGER NOT NULL CHECK (bands > 0),
    sample_count INTEGER NOT NULL CHECK (sample_count > 0),
    sample_type TEXT NOT NULL,
    sensor TEXT,
    acquired_at TEXT CHECK (length(acquired_at) = 24),
    ingested_at TEXT NOT NULL CHECK (length(ingested_at) = 24),
    -- Decimal text, since SQLite cannot hold NaN as a number: '-9999.0', 'nan', 'inf'.
    nodata TEXT,
    collection INTEGER REFERENCES collections (id),
    fidelity TEXT NOT NULL,
    maximum_absolute_error REAL NOT NULL CHECK (maximum_absolute_error >= 0),
    exact_blob BLOB REFERENCES blobs (digest),
    exact_stored_byte_count INTEGER NOT NULL CHECK (exact_stored_byte_count >= 0),
    source_byte_count INTEGER NOT NULL CHECK (source_byte_count >= 0),
    -- The outer edges of the bands (centre -/+ half the width); null where no wavelength is known.
    lowest_wavelength_nanometers REAL,
    highest_wavelength_nanometers REAL,
    west REAL,
    south REAL,
    east REAL,
    north REAL,
    georeference TEXT,
    text TEXT
) STRICT;
CREATE INDEX cubes_by_name ON cubes (name);
CREATE INDEX cubes_by_acquisition ON cubes (acquired_at);
CREATE INDEX cubes_by_ingestion ON cubes (ingested_at);
CREATE INDEX cubes_by_sensor ON cubes (sensor);
CREATE INDEX cubes_by_collection ON cubes (collection);
CREATE INDEX cubes_by_band_count ON cubes (bands);
CREATE INDEX cubes_by_wavelength
    ON cubes (lowest_wavelength_nanometers, highest_wavelength_nanometers);
CREATE INDEX cubes_by_exact_blob ON cubes (exact_blob);

-- The files that a cube came from, in the order in which they were given.
CREATE TABLE source_files (
    cube INTEGER NOT NULL REFERENCES cubes (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    role TEXT NOT NULL,
    file_name TEXT NOT NULL,
    byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    modified_at TEXT CHECK (length(modified_at) = 24),
    -- How to get the bytes back: 'blob' (whole, from `blob`), 'samples' (the samples laid out as
    -- `layout` says, between `prefix_blob` and `trailing_blob`) or 'not-kept'.
    storage TEXT NOT NULL CHECK (storage IN ('blob', 'samples', 'not-kept')),
    blob BLOB REFERENCES blobs (digest),
    layout TEXT,
    prefix_blob BLOB REFERENCES blobs (digest),
    trailing_blob BLOB REFERENCES blobs (digest),
    PRIMARY KEY (cube, position),
    CHECK ((storage = 'blob') = (blob IS NOT NULL)),
    CHECK ((storage = 'samples') = (layout IS NOT NULL)),
    CHECK (storage = 'samples' OR (prefix_blob IS NULL AND trailing_blob IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX source_files_by_sha256 ON source_files (sha256);
CREATE INDEX source_files_by_blob ON source_files (blob) WHERE blob IS NOT NULL;
CREATE INDEX source_files_by_prefix ON source_files (prefix_blob) WHERE prefix_blob IS NOT NULL;
CREATE INDEX source_files_by_trailing
    ON source_files (trailing_blob) WHERE trailing_blob IS NOT NULL;

CREATE TABLE bands (
    cube INTEGER NOT NULL REFERENCES cubes (id),
    band_index INTEGER NOT NULL CHECK (band_index >= 0),
    wavelength_nanometers REAL,
    fwhm_nanometers REAL,
    name TEXT,
    is_good INTEGER NOT NULL CHECK (is_good IN (0, 1)),
    PRIMARY KEY (cube, band_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    cube INTEGER NOT NULL REFERENCES cubes (id),
    key TEXT NOT NULL CHECK (length(key) > 0),
    value TEXT NOT NULL,
    PRIMARY KEY (cube, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_value ON tags (key, value, cube);

CREATE TABLE base_networks (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    state TEXT NOT NULL CHECK (state IN ('candidate', 'current', 'previous', 'retired')),
    trained_at TEXT NOT NULL CHECK (length(trained_at) = 24),
    architecture TEXT NOT NULL,
    manifest TEXT NOT NULL,
    blob BLOB NOT NULL REFERENCES blobs (digest),
    byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
    stored_byte_count INTEGER NOT NULL CHECK (stored_byte_count >= 0)
) STRICT;
CREATE UNIQUE INDEX one_current_base ON base_networks (state) WHERE state = 'current';
CREATE UNIQUE INDEX one_previous_base ON base_networks (state) WHERE state = 'previous';
CREATE INDEX base_networks_by_blob ON base_networks (blob);

-- At most one encoding of a cube against each base network, and at most one of them current.
-- The latent comes last, so that reading the figures never walks through its overflow pages.
CREATE TABLE encodings (
    id INTEGER PRIMARY KEY,
    cube INTEGER NOT NULL REFERENCES cubes (id),
    base_version INTEGER NOT NULL REFERENCES base_networks (version),
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected')),
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    encode_seconds REAL NOT NULL CHECK (encode_seconds >= 0),
    psnr_decibels REAL,
    mean_squared_error REAL NOT NULL,
    maximum_absolute_error REAL NOT NULL,
    mean_spectral_angle_degrees REAL,
    valid_sample_count INTEGER NOT NULL CHECK (valid_sample_count >= 0),
    latent BLOB NOT NULL,
    UNIQUE (cube, base_version),
    CHECK (is_current = 0 OR outcome = 'accepted'),
    CHECK (outcome = 'rejected' OR length(latent) > 0)
) STRICT;
CREATE UNIQUE INDEX one_current_encoding ON encodings (cube) WHERE is_current = 1;
CREATE INDEX encodings_by_base ON encodings (base_version, outcome, is_current);

-- What happened, for people and for `show`: never read by the program to decide anything.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL CHECK (length(at) = 24),
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT,
    figures TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_object ON events (object_kind, object_id, id);

-- The work queue. A subject waits at most once per kind of work.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    priority INTEGER NOT NULL,
    attempt_count INTEGER NOT NULL CHECK (attempt_count >= 0),
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    available_at TEXT NOT NULL CHECK (length(available_at) = 24),
    started_at TEXT CHECK (length(started_at) = 24),
    finished_at TEXT CHECK (length(finished_at) = 24),
    error TEXT,
    payload TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_waiting_job ON jobs (kind, subject) WHERE state = 'queued';
CREATE INDEX jobs_by_state ON jobs (state, priority DESC, id);
CREATE INDEX running_jobs ON jobs (kind, subject) WHERE state = 'running';

-- Footprints in degrees, rounded outwards to 32-bit floats by R*Tree; `cubes` has them exactly.
CREATE VIRTUAL TABLE cube_footprints USING rtree (cube, west, east, south, north);

-- What `--text` searches. `words` holds the names split where letters, digits or case change.
CREATE VIRTUAL TABLE cube_texts USING fts5 (
    name, words, text, sensor, collection, tags, file_names,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
