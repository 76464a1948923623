-- The kinds of facility that a service indicator applies to, as its list names them; blank: none named.
ALTER TABLE service_rows ADD COLUMN applies_to TEXT NOT NULL DEFAULT '';
