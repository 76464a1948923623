-- A report of which no day was written has what its recap ticks: of the day and the first tick one is there.
CREATE TABLE report_rows_of_days_and_ticks (
    recap_id BIGINT NOT NULL REFERENCES recaps (id), ord BIGINT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES facility_names (id), cells TEXT NOT NULL,
    month BIGINT NOT NULL, received_day BIGINT, complete BIGINT, in_time BIGINT,
    PRIMARY KEY (recap_id, ord),
    CHECK ((received_day IS NULL) <> (complete IS NULL)),
    CHECK (complete IS NOT NULL OR in_time IS NULL)
);
INSERT INTO report_rows_of_days_and_ticks (recap_id, ord, subject_id, cells, month, received_day)
    SELECT recap_id, ord, subject_id, cells, month, received_day
    FROM report_rows;
DROP TABLE report_rows;
ALTER TABLE report_rows_of_days_and_ticks RENAME TO report_rows;
-- The months for which a recap counts as received, with commas between them, where those are not the ones that it
-- covers.
ALTER TABLE recaps ADD COLUMN due_months TEXT;
