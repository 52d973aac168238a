-- Base networks are numbered per family: those whose outputs stand for the same thing. Numbers are
-- never given twice, so that the history of a network that was collected stays its own.

ALTER TABLE base_networks ADD COLUMN family TEXT NOT NULL DEFAULT 'main'
    CHECK (length(family) > 0);
ALTER TABLE base_networks ADD COLUMN number INTEGER NOT NULL DEFAULT 0 CHECK (number >= 0);
UPDATE base_networks SET number = version;
CREATE UNIQUE INDEX base_networks_by_family ON base_networks (family, number);

-- The last number that each family gave, and the last version that the archive gave, under ''.
CREATE TABLE base_numbers (
    family TEXT NOT NULL PRIMARY KEY,
    last_number INTEGER NOT NULL CHECK (last_number > 0)
) STRICT, WITHOUT ROWID;
INSERT INTO base_numbers (family, last_number)
    SELECT family, max(number) FROM base_networks GROUP BY family;
INSERT INTO base_numbers (family, last_number)
    SELECT '', version FROM base_networks ORDER BY version DESC LIMIT 1;
