-- The kinds of facility that a service indicator applies to, as its list names them; blank: none named.
ALTER TABLE service_rows ADD COLUMN applies_to TEXT NOT NULL DEFAULT '';
-- Whether a batch is what somebody wrote by a form, and no file that was imported.
ALTER TABLE batches ADD COLUMN by_form BIGINT NOT NULL DEFAULT 0;
UPDATE batches SET by_form = 1 WHERE file_name LIKE 'catatan-%.csv';
