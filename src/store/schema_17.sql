-- Who writes papers, as people set it: a name a row, the last one counts. The Puskesmas' key; blank: the whole folder.
-- A blank name takes the name back.
CREATE TABLE authors (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas TEXT NOT NULL,
    name TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

-- What a paper says above and below its text as a letter: a version a row, the last one counts.
CREATE TABLE letter_heads (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    subject TEXT NOT NULL,
    attachments TEXT NOT NULL,
    -- One a line.
    copies TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX letter_heads_by_paper ON letter_heads (puskesmas, kind, period, id);

-- Papers that were handed out, each content once. A numbered one keeps its files as they were.
CREATE TABLE editions (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    -- The number under which it went out; null: it carries none.
    number_id BIGINT REFERENCES letter_numbers (id),
    -- As it was printed; blank without one.
    number TEXT NOT NULL,
    dated BIGINT,
    -- 0: as the number was given for it.
    revision BIGINT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    as_of BIGINT NOT NULL,
    -- Hashes: of the data and the written text; of what the paper says; of all that it says as a letter too.
    inputs TEXT NOT NULL,
    content TEXT NOT NULL,
    whole TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX editions_by_snapshot ON editions (snapshot);
CREATE INDEX editions_by_paper ON editions (puskesmas, kind, period);
CREATE TABLE edition_files (
    edition_id BIGINT NOT NULL REFERENCES editions (id),
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    deflated BLOB NOT NULL,
    PRIMARY KEY (edition_id, format)
);

-- 0: of an earlier Simpul, which kept every section, drafts among them; 1: a person wrote every section; 2: of the
-- sections of an earlier Simpul those that are drafts are known.
ALTER TABLE narratives ADD COLUMN sorted BIGINT NOT NULL DEFAULT 0;
-- 1: equal to what the rules said at that time.
ALTER TABLE narrative_sections ADD COLUMN is_draft BIGINT NOT NULL DEFAULT 0;
