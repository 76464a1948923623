-- Forms with headings of several rows, and sheets of one indicator that do not name it.
ALTER TABLE profiles ADD COLUMN rows_to_data BIGINT NOT NULL DEFAULT 1;
ALTER TABLE profiles ADD COLUMN indicator TEXT;
