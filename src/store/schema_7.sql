-- What people wrote in papers in place of the drafted sentences: a version a row, and none is ever changed.
CREATE TABLE narratives (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Key of the Puskesmas; blank for the paper over all of them.
    puskesmas TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    -- The day whose data the writer saw, and the snapshot's id.
    as_of BIGINT NOT NULL,
    snapshot TEXT NOT NULL,
    -- The day from which it counts: papers as of an earlier day do without it.
    counts_from BIGINT NOT NULL,
    -- 0: with this version the draft counts again.
    is_written BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX narratives_by_paper ON narratives (puskesmas, kind, period);
CREATE TABLE narrative_sections (
    narrative_id BIGINT NOT NULL REFERENCES narratives (id),
    place BIGINT NOT NULL,
    section TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (narrative_id, place)
);
-- The numbers of that time, in words.
CREATE TABLE narrative_facts (
    narrative_id BIGINT NOT NULL REFERENCES narratives (id),
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (narrative_id, place)
);

-- Letter details of a Puskesmas as somebody confirmed them: a version a row, the last one counts.
CREATE TABLE letter_settings (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Key of the Puskesmas.
    puskesmas TEXT NOT NULL,
    -- 0: with this version the files of the data folder count again.
    is_set BIGINT NOT NULL,
    above TEXT NOT NULL,
    address TEXT NOT NULL,
    place TEXT NOT NULL,
    -- A blank title is the usual one.
    head_title TEXT NOT NULL,
    head_name TEXT NOT NULL,
    head_id_number TEXT NOT NULL,
    coordinator_title TEXT NOT NULL,
    coordinator_name TEXT NOT NULL,
    coordinator_id_number TEXT NOT NULL,
    number_pattern TEXT NOT NULL,
    first_number BIGINT NOT NULL,
    logo TEXT,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX letter_settings_by_puskesmas ON letter_settings (puskesmas, id);
-- Logos as PNG, drawn anew from what was handed in.
CREATE TABLE logos (
    sha256 TEXT PRIMARY KEY NOT NULL,
    png BLOB NOT NULL
);
-- Numbers given to papers; one that was taken back may be given again.
CREATE TABLE letter_numbers (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    number BIGINT NOT NULL,
    -- The day under which it was given.
    day BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    revoked_by TEXT,
    revoked_at TEXT
);
CREATE INDEX letter_numbers_by_puskesmas ON letter_numbers (puskesmas, number);
