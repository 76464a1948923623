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
    problem TEXT NOT NULL
);

INSERT INTO ledger (id, job, due, since, covers, reason, state, attempt, entered, started, ended, retry_at, who,
    message, step, steps_done, steps_total)
SELECT ROW_NUMBER() OVER (ORDER BY due, job), job, due, due, 1, 'schedule',
    CASE outcome WHEN 'running' THEN 'failed' ELSE outcome END, 1, started, started, ended, NULL, '',
    message, '', 0, 0
FROM job_runs;
INSERT INTO job_states (job, settled_until, paused_at, paused_by)
SELECT job, MAX(due), NULL, NULL FROM job_runs GROUP BY job;
DROP TABLE job_runs;
