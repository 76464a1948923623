-- Counts since January up to the end of a month, from which the month's own count follows; the cell as for the others.
ALTER TABLE achievement_rows ADD COLUMN accumulated DOUBLE PRECISION;
ALTER TABLE achievement_rows ADD COLUMN accumulated_cell BIGINT;
CREATE INDEX achievement_rows_accumulated ON achievement_rows (recap_id) WHERE accumulated IS NOT NULL;
