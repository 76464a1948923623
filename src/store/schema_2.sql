-- Files that were handed in and wait for a yes: they count for nothing, and go when they expire.
CREATE TABLE drafts (
    id BIGINT PRIMARY KEY NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    expires TEXT NOT NULL,
    -- Owner of workbooks that name none, where somebody said so.
    puskesmas TEXT,
    -- waiting, accepted or discarded.
    state TEXT NOT NULL
);
CREATE TABLE draft_files (
    draft_id BIGINT NOT NULL REFERENCES drafts (id),
    place BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    -- Null once it is decided: an accepted file lies among the originals.
    deflated BLOB,
    -- What became of it: imported, unchanged, failed or discarded; null as long as it waits.
    outcome TEXT,
    message TEXT,
    batch_id BIGINT,
    PRIMARY KEY (draft_id, place)
);

-- Which column is what in a form that the headings do not tell.
CREATE TABLE profiles (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    -- The heading row in its normal form.
    fingerprint TEXT NOT NULL,
    record TEXT NOT NULL,
    columns_said TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (puskesmas_id, fingerprint)
);
-- The months of a sheet that does not tell them, by the content of its file.
CREATE TABLE sheet_periods (
    sha256 TEXT NOT NULL,
    sheet TEXT NOT NULL,
    first_month BIGINT NOT NULL,
    last_month BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (sha256, sheet)
);
-- Answers that were taken back: who had given them, who took them back.
CREATE TABLE revoked_answers (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    -- alias or profile.
    sort TEXT NOT NULL,
    written TEXT NOT NULL,
    meaning TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at TEXT NOT NULL
);
