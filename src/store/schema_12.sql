-- A visit of which no day was written has its month instead: of day and month one is there.
CREATE TABLE visit_rows_of_days_and_months (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    day BIGINT, month BIGINT, form TEXT NOT NULL, coach TEXT, points DOUBLE PRECISION, maximum DOUBLE PRECISION,
    attendance_list BIGINT, minutes BIGINT, photos BIGINT, aspect TEXT, finding TEXT,
    PRIMARY KEY (recap_id, ord),
    CHECK ((day IS NULL) <> (month IS NULL))
);
INSERT INTO visit_rows_of_days_and_months
    (recap_id, ord, subject_id, cells, day, form, coach, points, maximum, attendance_list, minutes, photos, aspect, finding)
    SELECT recap_id, ord, subject_id, cells, day, form, coach, points, maximum, attendance_list, minutes, photos, aspect,
        finding
    FROM visit_rows;
DROP TABLE visit_rows;
ALTER TABLE visit_rows_of_days_and_months RENAME TO visit_rows;
