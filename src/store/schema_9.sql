-- Members of the district's team that coaches this Puskesmas, one a line.
ALTER TABLE letter_settings ADD COLUMN team TEXT NOT NULL DEFAULT '';
