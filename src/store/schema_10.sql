-- A withdrawn evidence file may be erased: its row stays, with who and when; its content goes unless another file has it.
ALTER TABLE evidence_files ADD COLUMN erased_at TEXT;
ALTER TABLE evidence_files ADD COLUMN erased_by TEXT;
