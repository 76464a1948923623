CREATE TABLE counters (name TEXT PRIMARY KEY NOT NULL, value BIGINT NOT NULL);
INSERT INTO counters (name, value) VALUES ('facts', 0);

CREATE TABLE puskesmas (
    id BIGINT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    -- As pages show it: worked out anew with every batch; null where nothing of it counts.
    name TEXT
);

-- Names in use, known by their key: a row of recaps points here, whether or not a register names it still.
CREATE TABLE facility_names (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (puskesmas_id, key)
);
CREATE TABLE service_codes (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    key TEXT NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (puskesmas_id, key)
);
CREATE TABLE aliases (
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    key TEXT NOT NULL,
    written TEXT NOT NULL,
    facility_name TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (puskesmas_id, key)
);

CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY NOT NULL,
    size BIGINT NOT NULL,
    deflated BLOB NOT NULL
);
CREATE TABLE batches (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    puskesmas_name TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals (sha256),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    -- Place in the order of acceptance: its own id, or that of the batch which it continues.
    sequence BIGINT NOT NULL,
    undone_at TEXT,
    undone_by TEXT
);
CREATE INDEX batches_by_hash ON batches (sha256);
CREATE TABLE recaps (
    id BIGINT PRIMARY KEY NOT NULL,
    batch_id BIGINT NOT NULL REFERENCES batches (id),
    place BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    record TEXT NOT NULL,
    -- First and last month covered: the same one, or January and December of a year.
    first_month BIGINT NOT NULL,
    last_month BIGINT NOT NULL,
    rows_seen BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL
);
CREATE INDEX recaps_by_batch ON recaps (batch_id);
CREATE TABLE recap_services (
    recap_id BIGINT NOT NULL REFERENCES recaps (id),
    service_id BIGINT NOT NULL REFERENCES service_codes (id),
    PRIMARY KEY (recap_id, service_id)
);
CREATE TABLE issues (
    batch_id BIGINT NOT NULL REFERENCES batches (id),
    place BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (batch_id, place)
);
-- Rows that a batch took out because it replaces their recap; they count again where it is undone.
CREATE TABLE removals (
    batch_id BIGINT NOT NULL REFERENCES batches (id),
    recap_id BIGINT NOT NULL REFERENCES recaps (id),
    ord BIGINT NOT NULL,
    PRIMARY KEY (batch_id, recap_id, ord)
);

CREATE TABLE facility_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    name TEXT NOT NULL, kind TEXT, facility_group TEXT, structures TEXT NOT NULL, address TEXT, village TEXT,
    person_in_charge TEXT, owes_reports BIGINT, active_from BIGINT, active_until BIGINT,
    agreement_number TEXT, agreement_until BIGINT, licence_number TEXT, licence_until BIGINT,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE service_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES service_codes (id), cells TEXT NOT NULL,
    code TEXT NOT NULL, name TEXT NOT NULL, target DOUBLE PRECISION NOT NULL, weight DOUBLE PRECISION NOT NULL,
    direction TEXT NOT NULL, aggregation TEXT NOT NULL,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE decree_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL, cells TEXT NOT NULL,
    indicator TEXT NOT NULL, target DOUBLE PRECISION, weight DOUBLE PRECISION,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE slot_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    month BIGINT NOT NULL,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE change_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    named BIGINT NOT NULL, moved_to BIGINT,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE visit_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    day BIGINT NOT NULL, form TEXT NOT NULL, coach TEXT, points DOUBLE PRECISION, maximum DOUBLE PRECISION,
    attendance_list BIGINT, minutes BIGINT, photos BIGINT, aspect TEXT, finding TEXT,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE follow_up_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    visit_day BIGINT NOT NULL, item TEXT NOT NULL, owner TEXT, due_day BIGINT NOT NULL, done_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE lokmin_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    month BIGINT NOT NULL, sort TEXT NOT NULL, invited BIGINT, attended BIGINT,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE report_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    month BIGINT NOT NULL, received_day BIGINT NOT NULL,
    PRIMARY KEY (recap_id, ord)
);
-- Ten million of these: plain numbers only. A cell is row * 65536 + column.
CREATE TABLE achievement_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), service_id BIGINT NOT NULL,
    month BIGINT NOT NULL, numerator DOUBLE PRECISION, denominator DOUBLE PRECISION,
    numerator_cell BIGINT, denominator_cell BIGINT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE job_runs (
    job TEXT NOT NULL,
    due TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (job, due)
);
