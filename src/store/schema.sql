-- Names.

CREATE TABLE counters (name TEXT PRIMARY KEY NOT NULL, value BIGINT NOT NULL);
INSERT INTO counters (name, value) VALUES ('facts', 0);

CREATE TABLE puskesmas (
    id BIGINT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    -- As pages show it: worked out anew with every batch; null where nothing of it counts.
    name TEXT,
    -- The count of changes of facts at which this Puskesmas' own changed last.
    version BIGINT NOT NULL DEFAULT 0
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

-- What was imported.

CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY NOT NULL,
    size BIGINT NOT NULL,
    deflated BLOB NOT NULL,
    -- Hash of what is kept, where it is not the file as it came: personal data were cleared from it.
    kept_sha256 TEXT,
    -- `package`: the file with cells overwritten; `cells`: its cells as xlsx; `erased`: overwritten on request.
    kept_as TEXT
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
    undone_by TEXT,
    -- Whether it is what somebody wrote by a form, and no file that was imported.
    by_form BIGINT NOT NULL DEFAULT 0
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
    rows_rejected BIGINT NOT NULL,
    -- The months for which it counts as received, with commas between them, where those are not the ones that it covers.
    due_months TEXT
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

-- Who signed a workbook, by batch. `cell` as in achievements; `nip` 18 digits; `signed_on` null where it is no date.
CREATE TABLE signatures (
    batch_id BIGINT NOT NULL REFERENCES batches (id),
    place BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    cell BIGINT NOT NULL,
    role TEXT NOT NULL,
    acting BIGINT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    nip TEXT,
    town TEXT,
    signed_on BIGINT,
    PRIMARY KEY (batch_id, place)
);

-- Rows of recaps: a fact each.

CREATE TABLE facility_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    name TEXT NOT NULL, kind TEXT, facility_group TEXT, structures TEXT NOT NULL, address TEXT, village TEXT,
    person_in_charge TEXT, owes_reports BIGINT, active_from BIGINT, active_until BIGINT,
    agreement_number TEXT, agreement_until BIGINT, licence_number TEXT, licence_until BIGINT,
    latitude DOUBLE PRECISION, longitude DOUBLE PRECISION,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE service_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES service_codes (id), cells TEXT NOT NULL,
    code TEXT NOT NULL, name TEXT NOT NULL, target DOUBLE PRECISION NOT NULL, weight DOUBLE PRECISION NOT NULL,
    direction TEXT NOT NULL, aggregation TEXT NOT NULL,
    -- The kinds of facility that it applies to, as its list names them; blank: none named.
    applies_to TEXT NOT NULL DEFAULT '',
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
    -- Who is in charge of the visit.
    person TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE change_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    named BIGINT NOT NULL, moved_to BIGINT, reason TEXT, letter_number TEXT, approver TEXT,
    PRIMARY KEY (recap_id, ord)
);

-- A visit of which no day was written has its month instead: of day and month one is there.
CREATE TABLE visit_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    day BIGINT, month BIGINT, form TEXT NOT NULL, coach TEXT, points DOUBLE PRECISION, maximum DOUBLE PRECISION,
    attendance_list BIGINT, minutes BIGINT, photos BIGINT, aspect TEXT, finding TEXT,
    PRIMARY KEY (recap_id, ord),
    CHECK ((day IS NULL) <> (month IS NULL))
);

CREATE TABLE follow_up_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    visit_day BIGINT NOT NULL, item TEXT NOT NULL, owner TEXT, due_day BIGINT NOT NULL, done_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);

-- One item of one filled checklist, with what its instrument said of it then. `answer`: points, none, or null where it
-- was left blank; only points have some.
CREATE TABLE checklist_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    day BIGINT NOT NULL, form TEXT NOT NULL, instrument TEXT NOT NULL, code TEXT NOT NULL, words TEXT NOT NULL,
    aspect TEXT NOT NULL, critical BIGINT NOT NULL, answer TEXT, points DOUBLE PRECISION,
    maximum DOUBLE PRECISION NOT NULL, coach TEXT, note TEXT,
    PRIMARY KEY (recap_id, ord),
    CHECK ((answer IS NOT NULL AND answer = 'points') = (points IS NOT NULL))
);

CREATE TABLE lokmin_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    month BIGINT NOT NULL, kind TEXT NOT NULL, invited BIGINT, attended BIGINT,
    PRIMARY KEY (recap_id, ord)
);

-- A report of which no day was written has what its recap ticks: of the day and the first tick one is there.
CREATE TABLE report_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    month BIGINT NOT NULL, received_day BIGINT, complete BIGINT, in_time BIGINT,
    PRIMARY KEY (recap_id, ord),
    CHECK ((received_day IS NULL) <> (complete IS NULL)),
    CHECK (complete IS NOT NULL OR in_time IS NULL)
);

-- Ten million of these: plain numbers only. A cell is row * 65536 + column.
CREATE TABLE achievement_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), service_id BIGINT NOT NULL,
    month BIGINT NOT NULL, numerator DOUBLE PRECISION, denominator DOUBLE PRECISION,
    numerator_cell BIGINT, denominator_cell BIGINT,
    -- Counts since January up to the end of the month, from which the month's own count follows.
    accumulated DOUBLE PRECISION, accumulated_cell BIGINT,
    PRIMARY KEY (recap_id, ord)
);
CREATE INDEX achievement_rows_accumulated ON achievement_rows (recap_id) WHERE accumulated IS NOT NULL;

-- What people write beside the figures. `subject_id` is the Puskesmas; of clusters the district's team.
CREATE TABLE problem_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    -- Name of a facility; null: the Puskesmas as a whole.
    facility TEXT, first_month BIGINT NOT NULL, last_month BIGINT NOT NULL, problem TEXT NOT NULL, cause TEXT,
    agreed TEXT, owner TEXT, due_day BIGINT, done_day BIGINT, proof TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE decision_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    -- Name of the facility that it is for; null: of no single one.
    day BIGINT NOT NULL, problem TEXT, facility TEXT, decision TEXT NOT NULL, owner TEXT, due_day BIGINT, follow_up TEXT,
    done_day BIGINT, meeting TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE cluster_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, member TEXT NOT NULL, cluster TEXT NOT NULL,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE district_visit_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    day BIGINT NOT NULL, kind TEXT, fact TEXT, conclusion TEXT, for_puskesmas TEXT, for_district TEXT,
    due_day BIGINT, sent_day BIGINT, received_day BIGINT, answered_day BIGINT, followed_up_day BIGINT,
    item_number TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE district_follow_up_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    coached_day BIGINT, item TEXT NOT NULL, owner TEXT, due_day BIGINT, done_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);

-- Steps of both sides with an item of the coaching: rows are added, its state follows from them.
CREATE TABLE district_step_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    coached_day BIGINT NOT NULL, item_number TEXT NOT NULL, step TEXT NOT NULL, step_day BIGINT NOT NULL, side TEXT,
    who_took TEXT, note TEXT, proof TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE district_assessment_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, side TEXT NOT NULL, parameter TEXT NOT NULL, points BIGINT, maximum BIGINT, note TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE district_matter_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    day BIGINT NOT NULL, meeting TEXT, problem TEXT NOT NULL, asked TEXT, letter_number TEXT, sent_day BIGINT, answer TEXT,
    answered_day BIGINT, owner TEXT, due_day BIGINT, done_day BIGINT, proof TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE agreement_step_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    facility TEXT NOT NULL, step TEXT NOT NULL, step_day BIGINT NOT NULL, agreement_number TEXT, until_day BIGINT,
    facilitated TEXT, note TEXT, proof TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE network_step_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    facility TEXT NOT NULL, step TEXT NOT NULL, step_day BIGINT NOT NULL, note TEXT, proof TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE integration_score_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, facility TEXT NOT NULL, aspect TEXT NOT NULL, points BIGINT, maximum BIGINT, note TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE plan_session_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    planned_day BIGINT NOT NULL, document TEXT NOT NULL, held_day BIGINT, letter_number TEXT, helper TEXT, outcome TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE plan_proposal_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, document TEXT NOT NULL, program TEXT, activity TEXT NOT NULL, purpose TEXT, target_group TEXT,
    target TEXT, volume TEXT,
    -- Whole rupiah as digits: exact.
    cost TEXT,
    fund_source TEXT, owner TEXT, planned_time TEXT, five_year_item TEXT, verdict TEXT, verdict_note TEXT,
    verdict_day BIGINT, reply TEXT, reply_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE pkp_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, target TEXT, measure TEXT,
    -- Numbers as digits with a point: exact.
    population TEXT, planned TEXT, reached TEXT, ring TEXT, score TEXT, sheet_coverage TEXT, sheet_result TEXT,
    cause TEXT, plan TEXT, follow_up TEXT, evaluation TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE pkp_verification_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, program TEXT, verdict TEXT NOT NULL, figure TEXT, note TEXT, verifier TEXT, verified_day BIGINT,
    letter_number TEXT, reply TEXT, reply_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE own_indicator_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    year BIGINT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, indicator_set TEXT,
    -- As digits with a point: exact.
    target TEXT,
    measure TEXT, direction TEXT, aggregation TEXT, bands TEXT, basis TEXT, in_force TEXT,
    PRIMARY KEY (recap_id, ord)
);

CREATE TABLE own_achievement_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    first_month BIGINT NOT NULL, last_month BIGINT NOT NULL, code TEXT NOT NULL,
    -- Numbers as digits with a point: exact.
    numerator TEXT, accumulated TEXT, denominator TEXT, figure TEXT, sheet_figure TEXT,
    PRIMARY KEY (recap_id, ord)
);

-- Files that wait, and answers to their questions.

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
    -- Rows from the first row of the heading to the first of data: a heading may have several.
    rows_to_data BIGINT NOT NULL DEFAULT 1,
    -- The indicator of a form that does not name it.
    indicator TEXT,
    file_name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (puskesmas_id, fingerprint)
);

-- What somebody said once about the tables of a form, beside their columns: one word a form, table and kind.
CREATE TABLE form_words (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    -- Heading and title in their normal form.
    fingerprint TEXT NOT NULL,
    record TEXT NOT NULL,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (puskesmas_id, fingerprint, record, kind)
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
    kind TEXT NOT NULL,
    written TEXT NOT NULL,
    meaning TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at TEXT NOT NULL
);

-- Jobs.

-- One row a job and due time. `since` and `covers`: due times folded into one row after a very long absence.
CREATE TABLE ledger (
    id BIGINT PRIMARY KEY NOT NULL,
    job TEXT NOT NULL,
    due TEXT NOT NULL,
    since TEXT NOT NULL,
    covers BIGINT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    entered TEXT NOT NULL,
    started TEXT,
    ended TEXT,
    retry_at TEXT,
    who TEXT NOT NULL,
    message TEXT NOT NULL,
    step TEXT NOT NULL,
    steps_done BIGINT NOT NULL,
    steps_total BIGINT NOT NULL,
    UNIQUE (job, due)
);
CREATE INDEX ledger_by_state ON ledger (state, job);

CREATE TABLE ledger_lines (
    run_id BIGINT NOT NULL REFERENCES ledger (id),
    place BIGINT NOT NULL,
    at TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (run_id, place)
);

CREATE TABLE ledger_counts (
    run_id BIGINT NOT NULL REFERENCES ledger (id),
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (run_id, name)
);

-- Files that a run made: `path` lies below the data folder, with forward slashes.
CREATE TABLE artefacts (
    run_id BIGINT NOT NULL REFERENCES ledger (id),
    place BIGINT NOT NULL,
    path TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run_id, place)
);

-- How far the due times of a job are settled, and whether it is paused.
CREATE TABLE job_states (
    job TEXT PRIMARY KEY NOT NULL,
    settled_until TEXT NOT NULL,
    paused_at TEXT,
    paused_by TEXT
);

-- What is to be told to somebody: `state` is waiting, sent, or dropped; `key` keeps one notice from being told twice.
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL,
    job TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_try TEXT NOT NULL,
    sent TEXT,
    problem TEXT NOT NULL,
    receipt TEXT NOT NULL
);

-- Papers that go with a notice, each to be sent once by a job: `path` lies below the data folder, with forward slashes.
CREATE TABLE outbox_files (
    notice_id BIGINT NOT NULL REFERENCES outbox (id),
    place BIGINT NOT NULL,
    path TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (notice_id, place)
);

-- Evidence.

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
    -- visit, follow_up, meeting, coaching_item, plan_session or element.
    about TEXT NOT NULL,
    -- Facility of a visit or follow-up, as the register wrote it, and its key; else blank.
    facility TEXT NOT NULL,
    facility_key TEXT NOT NULL,
    -- Day of the visit or session, month of the meeting, year of the element.
    number BIGINT NOT NULL,
    -- Form of the visit, item of the follow-up, kind of meeting, code of the element; and its key.
    words TEXT NOT NULL,
    words_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES evidence_contents (sha256),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    -- A withdrawn file may be erased: its row stays, with who and when; its content goes unless another file has it.
    erased_at TEXT,
    erased_by TEXT
);
CREATE INDEX evidence_by_puskesmas ON evidence_files (puskesmas_id, about, number);
CREATE INDEX evidence_by_content ON evidence_files (sha256);

-- Papers.

-- Evaluations kept with the id that is made from them.
CREATE TABLE evaluations (
    id TEXT PRIMARY KEY NOT NULL,
    puskesmas TEXT NOT NULL,
    period TEXT NOT NULL,
    as_of TEXT NOT NULL,
    made TEXT NOT NULL,
    contract TEXT NOT NULL
);
CREATE INDEX evaluations_by_period ON evaluations (puskesmas, period, as_of);

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

-- Who writes papers, as people set it: a name a row, the last one counts. The Puskesmas' key; blank: the whole folder.
-- A blank name takes the name back.
CREATE TABLE authors (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas TEXT NOT NULL,
    name TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
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
    -- Members of the district's team that coaches this Puskesmas, one a line.
    team TEXT NOT NULL DEFAULT '',
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

-- Templates of the office's own for its papers. One that was replaced or removed keeps its row without its bytes.
CREATE TABLE office_templates (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Key of the Puskesmas, or of the district's team.
    puskesmas TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    removed_by TEXT,
    removed_at TEXT
);
CREATE INDEX office_templates_by_puskesmas ON office_templates (puskesmas, kind, name);

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

-- Accounts ---------------------------------------------------------------------------------------------------------

-- Who may work here. A row is never deleted: what somebody did stays somebody's.
CREATE TABLE accounts (
    id BIGINT PRIMARY KEY NOT NULL,
    -- In its normal form; of an erased account `dihapus-` and its id.
    name TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    -- Office that the person holds.
    title TEXT NOT NULL,
    -- Argon2id hash as text (PHC); null: no password was chosen yet.
    password TEXT,
    -- 1: the next log-in asks for another password.
    must_change BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    disabled_by TEXT,
    disabled_at TEXT,
    erased_by TEXT,
    erased_at TEXT
);

-- Roles that accounts were given, each in a place.
CREATE TABLE account_grants (
    id BIGINT PRIMARY KEY NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    -- Names, blank where the role needs none.
    puskesmas TEXT NOT NULL,
    facility TEXT NOT NULL,
    cluster TEXT NOT NULL,
    -- Codes of service indicators, one a line.
    services TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    revoked_by TEXT,
    revoked_at TEXT
);
CREATE INDEX account_grants_by_account ON account_grants (account_id);

-- Who is logged in. In no copy of the database, and gone after one was put back.
CREATE TABLE account_sessions (
    id BIGINT PRIMARY KEY NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Hash of the token in the browser's cookie.
    token TEXT NOT NULL UNIQUE,
    -- Secret of its forms.
    csrf TEXT NOT NULL,
    begun TEXT NOT NULL,
    seen TEXT NOT NULL,
    address TEXT NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX account_sessions_by_account ON account_sessions (account_id, seen);

-- Devices and networks from which an account logged in before.
CREATE TABLE account_places (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- `device` (mark: hash of its own token) or `network` (mark: the network).
    sort TEXT NOT NULL,
    mark TEXT NOT NULL,
    device TEXT NOT NULL,
    begun TEXT NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (account_id, sort, mark)
);

-- Codes that open an account once. In no copy of the database.
CREATE TABLE one_time_codes (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Hash of the code.
    code TEXT NOT NULL UNIQUE,
    -- `setup` (no account yet), `welcome` or `reset`.
    purpose TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    expires TEXT NOT NULL,
    used_at TEXT
);

-- Second factors.
CREATE TABLE totp_secrets (
    account_id BIGINT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    -- Sealed with a key that lies outside the database: codes are worked out from it.
    secret TEXT NOT NULL,
    at TEXT NOT NULL,
    -- Null: not asked for yet, since no code was typed so far.
    confirmed_at TEXT,
    -- Step of the last code that was used; earlier ones are good no more.
    last_step BIGINT
);
CREATE TABLE recovery_codes (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Hash of the code.
    code TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (account_id, code)
);

-- Identities of a provider (OpenID Connect) that accounts are linked to, one a provider.
CREATE TABLE account_identities (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    issuer TEXT NOT NULL,
    -- The provider's own word for the person.
    subject TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (account_id, issuer)
);

-- Attempts to log in, of the last day. In no copy of the database.
CREATE TABLE login_attempts (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Hash of the name that was typed, so that a password typed in its place is not kept.
    name TEXT NOT NULL,
    -- Kind of attempts that the audit tells together.
    subject TEXT NOT NULL,
    network TEXT NOT NULL,
    -- Hash of the device's token, where it logged in to this account before.
    device TEXT NOT NULL,
    at TEXT NOT NULL,
    succeeded BIGINT NOT NULL,
    -- 1: a row of the audit tells of this failure and of those of its kind since the row before.
    told BIGINT NOT NULL
);
CREATE INDEX login_attempts_by_subject ON login_attempts (subject, told, id);
CREATE INDEX login_attempts_by_name ON login_attempts (name, at);
CREATE INDEX login_attempts_by_network ON login_attempts (network, at);
CREATE INDEX login_attempts_by_time ON login_attempts (at);

-- Tokens of the API.
CREATE TABLE api_tokens (
    id BIGINT PRIMARY KEY NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Name that the account gave it.
    name TEXT NOT NULL,
    -- Hash of the token.
    token TEXT NOT NULL UNIQUE,
    -- `baca` or `impor`.
    scope TEXT NOT NULL,
    -- Name of the Puskesmas to which it is narrowed; blank: all of the account.
    puskesmas TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    expires TEXT NOT NULL,
    seen TEXT,
    revoked_by TEXT,
    revoked_at TEXT
);
CREATE INDEX api_tokens_by_account ON api_tokens (account_id);

-- Key with which papers of this installation are signed: one row, made at the first paper. Whoever has the secret can
-- sign papers in its name.
CREATE TABLE installation_keys (
    id BIGINT PRIMARY KEY NOT NULL,
    secret BLOB NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
-- Audit.

-- Who did what, when and from where: a row an act, written in the transaction of the change that it tells of, chained
-- by hash, never changed and never removed. (PostgreSQL writes the triggers in another way.)
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    account TEXT NOT NULL,
    -- Command line, job, page or API, in words, with the address.
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    -- Name and key of the Puskesmas; null: of the installation.
    puskesmas TEXT,
    puskesmas_key TEXT,
    record TEXT NOT NULL,
    -- Names and values as a JSON list of pairs.
    before TEXT,
    after TEXT,
    -- Hash of the row before; blank in the first one.
    previous TEXT NOT NULL,
    -- SHA-256 over all of the above.
    hash TEXT NOT NULL
);
CREATE INDEX audit_by_puskesmas ON audit (puskesmas_key, seq);
CREATE INDEX audit_by_account ON audit (account, seq);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'jejak audit tidak dapat diubah');
END;
CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'jejak audit tidak dapat dihapus');
END;
-- Otherwise INSERT OR REPLACE would be a way around both.
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
WHEN NEW.seq <= (SELECT COALESCE(MAX(seq), 0) FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'jejak audit hanya bertambah di ujungnya');
END;
-- Number of the last row: without the last rows the chain would still be whole.
INSERT INTO counters (name, value) VALUES ('audit', 0);
-- Approval of periods. A step a row, and none is ever changed: the state of a period is that after its last step.

-- What was shown when a period was handed in or approved: the log as it stood then.
CREATE TABLE period_pins (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    -- The decrees that held beside imported ones, as JSON.
    decrees TEXT NOT NULL,
    -- The evaluation as the command line's JSON: readable for ever.
    contract TEXT NOT NULL
);

-- Batches that counted, those of the district's list of clusters among them.
CREATE TABLE period_pin_batches (
    pin_id BIGINT NOT NULL REFERENCES period_pins (id),
    batch_id BIGINT NOT NULL REFERENCES batches (id),
    PRIMARY KEY (pin_id, batch_id)
);

-- Evidence files that counted, with their size: their content may be erased later.
CREATE TABLE period_pin_files (
    pin_id BIGINT NOT NULL REFERENCES period_pins (id),
    evidence_id BIGINT NOT NULL REFERENCES evidence_files (id),
    size BIGINT NOT NULL,
    PRIMARY KEY (pin_id, evidence_id)
);

CREATE TABLE period_steps (
    id BIGINT PRIMARY KEY NOT NULL,
    puskesmas_id BIGINT NOT NULL REFERENCES puskesmas (id),
    period TEXT NOT NULL,
    -- submit, approve, send-back, verify, return, unlock, take-over or leave.
    step TEXT NOT NULL,
    -- Who decided, and in which capacity; the account under which it was kept.
    name TEXT NOT NULL,
    capacity TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The day whose data was decided on, the snapshot's id, and the last batch that counted; 0: none.
    as_of BIGINT NOT NULL,
    snapshot TEXT NOT NULL,
    last_batch BIGINT NOT NULL,
    pin_id BIGINT REFERENCES period_pins (id)
);
CREATE INDEX period_steps_by_period ON period_steps (puskesmas_id, period, id);

-- Privacy: what becomes of personal data at import, and what was erased of a person.

CREATE TABLE privacy_defaults (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Blank: personal data are cleared from what is kept.
    keeps_because TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE TABLE erasures (
    id BIGINT PRIMARY KEY NOT NULL,
    -- Sort of what was erased, never the datum itself.
    sort TEXT NOT NULL,
    reason TEXT NOT NULL,
    places BIGINT NOT NULL,
    originals BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
