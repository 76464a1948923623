-- Bytes of evidence files, each content once. Not deflated: scans and photos are packed already.
CREATE TABLE evidence_contents (
    sha256 TEXT PRIMARY KEY NOT NULL,
    size BIGINT NOT NULL,
    bytes BLOB NOT NULL
);
-- Evidence files by what they are evidence of. A row is never deleted: a withdrawn one keeps who and when.
CREATE TABLE evidence_files (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    -- visit, follow_up, meeting or element.
    about TEXT NOT NULL,
    -- Facility of a visit or follow-up, as the register wrote it, and its key; else blank.
    facility TEXT NOT NULL,
    facility_key TEXT NOT NULL,
    -- Day of the visit, month of the meeting, year of the element.
    number BIGINT NOT NULL,
    -- Form of the visit, item of the follow-up, sort of meeting, code of the element; and its key.
    words TEXT NOT NULL,
    words_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES evidence_contents (sha256),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT
);
CREATE INDEX evidence_by_puskesmas ON evidence_files (puskesmas_id, about, number);
CREATE INDEX evidence_by_content ON evidence_files (sha256);
