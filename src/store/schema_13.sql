-- What somebody said once about the tables of a form, beside their columns: one word a form, table and sort.
CREATE TABLE form_words (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    -- Heading and title in their normal form.
    fingerprint TEXT NOT NULL,
    record TEXT NOT NULL,
    sort TEXT NOT NULL,
    word TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (puskesmas_id, fingerprint, record, sort)
);
