-- Who is in charge of a planned visit, and why the schedule was changed.
ALTER TABLE slot_rows ADD COLUMN person TEXT;
ALTER TABLE change_rows ADD COLUMN reason TEXT;
