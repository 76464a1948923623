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
    day BIGINT NOT NULL, problem TEXT, decision TEXT NOT NULL, owner TEXT, due_day BIGINT, follow_up TEXT,
    done_day BIGINT,
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
    day BIGINT NOT NULL, sort TEXT, fact TEXT, conclusion TEXT, for_puskesmas TEXT, for_district TEXT,
    due_day BIGINT, sent_day BIGINT, received_day BIGINT, answered_day BIGINT, followed_up_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);
CREATE TABLE district_follow_up_rows (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES puskesmas (id), cells TEXT NOT NULL,
    coached_day BIGINT, item TEXT NOT NULL, owner TEXT, due_day BIGINT, done_day BIGINT,
    PRIMARY KEY (recap_id, ord)
);
