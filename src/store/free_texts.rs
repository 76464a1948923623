//! Columns of texts: those in which people write freely, and may be rewritten where a person's data goes; and those that
//! are not even searched. All others are searched and left: names of facilities and offices, what the audit and sealed
//! papers prove, codes, hashes, moments.

/// Columns of free text, by table. Figures, keys of facilities and indicators, and what was signed are none.
const FREE: [(&str, &[&str]); 29] = [
    ("agreement_step_rows", &["note", "proof"]),
    ("batches", &["file_name"]),
    ("change_rows", &["reason", "approver"]),
    ("checklist_rows", &["coach", "note"]),
    ("decision_rows", &["problem", "decision", "owner", "follow_up"]),
    ("district_assessment_rows", &["note"]),
    ("district_follow_up_rows", &["item", "owner"]),
    ("district_matter_rows", &["problem", "asked", "answer", "owner", "proof"]),
    ("district_step_rows", &["who_took", "note", "proof"]),
    ("district_visit_rows", &["fact", "conclusion", "for_puskesmas", "for_district"]),
    ("draft_files", &["file_name", "message"]),
    ("evidence_files", &["file_name", "words"]),
    ("facility_rows", &["address", "person_in_charge"]),
    ("follow_up_rows", &["item", "owner"]),
    ("form_words", &["file_name"]),
    ("integration_score_rows", &["note"]),
    ("issues", &["message"]),
    ("ledger", &["message", "step"]),
    ("ledger_lines", &["line"]),
    ("narrative_sections", &["body"]),
    ("network_step_rows", &["note", "proof"]),
    ("outbox", &["subject", "body", "problem", "receipt"]),
    ("pkp_verification_rows", &["note", "verifier", "reply"]),
    ("plan_proposal_rows", &["activity", "purpose", "target_group", "volume", "owner", "verdict_note", "reply"]),
    ("plan_session_rows", &["helper", "outcome"]),
    ("problem_rows", &["problem", "cause", "agreed", "owner", "proof"]),
    ("profiles", &["file_name"]),
    ("slot_rows", &["person"]),
    ("visit_rows", &["coach", "aspect", "finding"]),
];

/// Columns that hold secrets or hashes of them: whoever searches would be shown them.
const SECRET: [(&str, &str); 11] = [
    ("accounts", "password"),
    ("account_sessions", "token"),
    ("account_sessions", "csrf"),
    ("account_places", "mark"),
    ("one_time_codes", "code"),
    ("totp_secrets", "secret"),
    ("recovery_codes", "code"),
    ("login_attempts", "name"),
    ("login_attempts", "subject"),
    ("login_attempts", "device"),
    ("api_tokens", "token"),
];

/// Reports whether a column may be rewritten where a person's data goes.
pub(super) fn is_free(table: &str, column: &str) -> bool {
    FREE.into_iter().any(|(name, columns)| name == table && columns.contains(&column))
}

/// Reports whether a column is searched.
pub(super) fn is_searched(table: &str, column: &str) -> bool {
    !SECRET.contains(&(table, column))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rusqlite::Connection;

    use super::super::schema;
    use super::*;

    #[test]
    fn every_column_named_here_is_one_of_the_schema() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
                 WHERE tables.type = 'table' AND columns.type = 'TEXT'",
            )
            .unwrap();
        let held: BTreeSet<(String, String)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let named = FREE
            .into_iter()
            .flat_map(|(table, columns)| columns.iter().map(move |column| (table, *column)))
            .chain(SECRET);
        for (table, column) in named {
            assert!(held.contains(&(table.to_owned(), column.to_owned())), "{table}.{column}");
        }
        assert!(!is_free("period_pins", "contract") && !is_free("audit", "after") && !is_free("facility_rows", "name"));
    }
}
