//! Every limit (`…_MAX`) is reached by a test, or stands here with a reason. A test reaches a limit where it names it, or
//! where it is listed here with the limit that it reaches by its value.

use std::collections::BTreeSet;
use std::fs;

use super::gauges::{Line, product_lines};

/// Rooms whose limits bound drawings, slides, sentences and lists on a page (what is left out is counted there and stands
/// whole elsewhere), or how far a guess at a layout looks, which the corpus of layouts holds.
const LOOKS: [&str; 14] = [
    "src/charts/",
    "src/dashboard/",
    "src/recap/",
    "src/report/compose/",
    "src/report/narrative/",
    "src/report/on_paper.rs",
    "src/report/pptx/",
    "src/report/xlsx.rs",
    "src/template/draw.rs",
    "src/template/example.rs",
    "src/web/pages/",
    "src/web/view/",
    "src/cli/job.rs",
    "src/jobs/report.rs",
];

/// Limits that a test reaches by their value: file and name, and the test.
const BY_VALUE: &[(&str, &str)] = &[
    ("src/accounts/password.rs PASSWORD_CHARS_MAX", "src/accounts/password.rs::lengths_are_of_characters"),
    ("src/accounts/password.rs REPEATED_CHARS_MAX", "src/accounts/password.rs::what_is_tried_first_is_refused"),
    (
        "src/accounts/session.rs SESSIONS_MAX",
        "tests/accounts/sessions.rs::sessions_and_devices_of_an_account_are_bounded",
    ),
    (
        "src/accounts/session.rs PLACES_MAX",
        "tests/accounts/sessions.rs::sessions_and_devices_of_an_account_are_bounded",
    ),
    (
        "src/accounts/throttle.rs FAILURE_ROWS_MAX",
        "tests/accounts/written_down.rs::guessing_does_not_fill_the_audit_and_its_number_is_kept",
    ),
    ("src/accounts/totp.rs STEPS_OFF_MAX", "src/accounts/totp.rs::a_code_is_good_once_and_not_for_long"),
    (
        "src/app/accounts/log_in.rs TYPED_NAME_CHARS_MAX",
        "tests/accounts/log_in.rs::unknown_wrong_and_disabled_are_one_sentence_and_one_hash",
    ),
    (
        "src/app/accounts/people.rs PERSON_CHARS_MAX",
        "tests/accounts/people.rs::a_name_is_taken_in_any_spelling_and_hostile_ones_are_refused",
    ),
    ("src/app/accounts/tokens.rs TOKEN_LIFE_MAX", "tests/accounts/tokens.rs::a_token_ends"),
    ("src/app/accounts/tokens.rs TOKENS_MAX", "tests/accounts/tokens.rs::tokens_of_an_account_are_bounded"),
    ("src/app/accounts/tokens.rs TOKEN_NAME_CHARS_MAX", "tests/accounts/tokens.rs::a_token_ends"),
    ("src/app/entries/block.rs BLOCK_ROWS_MAX", "tests/web/limits.rs::a_pasted_block_is_bounded_in_rows_and_columns"),
    (
        "src/app/entries/block.rs BLOCK_COLUMNS_MAX",
        "tests/web/limits.rs::a_pasted_block_is_bounded_in_rows_and_columns",
    ),
    ("src/app/entries/mod.rs VALUE_CHARS_MAX", "tests/web/limits.rs::a_field_of_an_entry_is_bounded_in_letters"),
    ("src/app/intake/draft.rs WAITING_MAX", "tests/web/limits.rs::drafts_that_wait_are_bounded"),
    (
        "src/app/papers/office_templates.rs OFFICE_TEMPLATES_MAX",
        "tests/report/office_templates.rs::a_template_is_kept_used_and_removed_and_the_paper_proves_itself",
    ),
    (
        "src/app/papers/office_templates.rs TEMPLATE_NAME_CHARS_MAX",
        "tests/report/office_templates.rs::a_template_is_kept_used_and_removed_and_the_paper_proves_itself",
    ),
    (
        "src/app/papers/authors.rs NAME_CHARS_MAX",
        "tests/web/limits.rs::one_beyond_the_limit_of_a_field_is_refused_in_words",
    ),
    ("src/app/papers/letters.rs TEAM_MAX", "tests/web/limits.rs::one_beyond_the_limit_of_a_field_is_refused_in_words"),
    (
        "src/app/papers/letters.rs FIELD_CHARS_MAX",
        "tests/web/limits.rs::one_beyond_the_limit_of_a_field_is_refused_in_words",
    ),
    (
        "src/app/papers/letters.rs COPIES_MAX",
        "tests/web/limits.rs::one_beyond_the_limit_of_a_field_is_refused_in_words",
    ),
    (
        "src/app/papers/letters.rs NUMBER_MAX",
        "tests/web/limits.rs::one_beyond_the_limit_of_a_field_is_refused_in_words",
    ),
    (
        "src/app/papers/narratives.rs SECTION_CHARS_MAX",
        "tests/web/limits.rs::one_beyond_the_limit_of_a_field_is_refused_in_words",
    ),
    (
        "src/definitions/dashboard.rs PANELS_MAX",
        "tests/definition_keys.rs::what_the_reader_refuses_in_a_key_the_schema_refuses",
    ),
    (
        "src/definitions/job_smtp.rs RECIPIENTS_MAX",
        "tests/definition_keys.rs::what_the_reader_refuses_in_a_key_the_schema_refuses",
    ),
    (
        "src/definitions/letter.rs LINES_MAX",
        "tests/definition_keys.rs::what_the_reader_refuses_in_a_key_the_schema_refuses",
    ),
    (
        "src/definitions/letter.rs TEAM_MAX",
        "tests/definition_keys.rs::what_the_reader_refuses_in_a_key_the_schema_refuses",
    ),
    (
        "src/definitions/service.rs NAMES_MAX",
        "tests/definition_keys.rs::what_the_reader_refuses_in_a_key_the_schema_refuses",
    ),
    (
        "src/definitions/service.rs PROXIES_MAX",
        "tests/definition_keys.rs::what_the_reader_refuses_in_a_key_the_schema_refuses",
    ),
    (
        "src/domain/district_parameter.rs FAIR_PARAMETERS_MAX",
        "src/domain/district_parameter.rs::the_conclusion_follows_the_bands_with_their_gaps_closed",
    ),
    (
        "src/domain/approval.rs REASON_CHARS_MAX",
        "tests/approvals/rights.rs::the_owner_of_the_machine_says_who_decides_and_why",
    ),
    (
        "src/domain/approval.rs DECIDER_CHARS_MAX",
        "tests/approvals/rights.rs::the_owner_of_the_machine_says_who_decides_and_why",
    ),
    ("src/marked/anew.rs CELLS_MAX", "tests/marked/cells.rs::what_is_too_much_is_refused_by_name"),
    ("src/marked/anew.rs NAME_UNITS_MAX", "tests/marked/cells.rs::names_that_excel_refuses_keep_their_issues"),
    ("src/marked/anew.rs TEXT_UNITS_MAX", "tests/marked/cells.rs::a_text_that_no_cell_takes_is_cut_between_letters"),
    ("src/store/audit_read.rs WORDS_MAX", "tests/store/audit.rs::a_filter_finds_words_as_they_stand"),
    ("src/template/context.rs CELLS_MAX", "tests/template/hostile.rs::a_workbook_beyond_measure_is_refused_in_words"),
    ("src/web/entrance.rs HEAD_TIME_MAX", "tests/lan/bounds.rs::a_client_that_sends_its_head_drop_by_drop_is_left"),
    ("src/web/entrance.rs HEAD_BYTES_MAX", "tests/lan/bounds.rs::the_head_of_a_request_is_bounded"),
    ("src/web/entrance.rs HEAD_LINES_MAX", "tests/lan/bounds.rs::the_head_of_a_request_is_bounded"),
    ("src/web/identity.rs TOKEN_BYTES_MAX", "tests/access/attacks.rs::a_token_opens_its_api_and_no_more"),
    ("src/web/multipart.rs AROUND_BYTES_MAX", "tests/web/intake.rs::what_exceeds_a_limit_is_refused_with_the_limit"),
    ("src/web/multipart.rs FIELD_BYTES_MAX", "tests/web/limits.rs::an_upload_is_bounded_in_fields_and_their_bytes"),
    ("src/web/multipart.rs FIELDS_MAX", "tests/web/limits.rs::an_upload_is_bounded_in_fields_and_their_bytes"),
    (
        "src/web/pages/paper_check.rs FILE_BYTES_MAX",
        "tests/web/paper_check.rs::what_is_no_paper_is_told_and_never_an_error_of_ours",
    ),
    ("src/web/router.rs BODY_BYTES_MAX", "tests/web/intake.rs::what_exceeds_a_limit_is_refused_with_the_limit"),
    ("src/web/router.rs TEXT_BYTES_MAX", "tests/web/limits.rs::a_form_is_bounded_in_bytes"),
    (
        "src/web/router.rs REQUEST_BYTES_MAX",
        "tests/lan/bounds.rs::a_body_that_is_too_large_is_refused_in_words_at_every_door",
    ),
    ("src/web/tls.rs FILE_BYTES_MAX", "tests/lan/https.rs::every_wrong_file_is_told_in_a_sentence"),
];

/// Limits that no test reaches, and why.
const UNREACHED: &[(&str, &str)] = &[
    ("src/accounts/hashing.rs HASHES_AT_ONCE_MAX", "makes who comes wait, refuses nobody"),
    ("src/accounts/throttle.rs ATTEMPTS_KEPT_MAX", "fifty thousand attempts within an hour"),
    ("src/app/audit/files.rs BOOK_ROWS_MAX", "fifty thousand rows; CSV and JSON hold all"),
    ("src/app/batches/around.rs COLUMNS_MAX", "how much of a sheet is shown around a cell"),
    (
        "src/app/evidence.rs FILES_PER_THING_MAX",
        "the store is handed it; `tests/store/evidence.rs` reaches a small one",
    ),
    ("src/app/evidence.rs TOTAL_BYTES_MAX", "two gigabytes; `tests/store/evidence.rs` reaches a small one"),
    ("src/app/dhis2/mapping.rs MAPPING_BYTES_MAX", "a megabyte; the number of its lines is bounded and reached"),
    ("src/app/import/owner.rs NAMES_TOLD_MAX", "how many names a sentence tells"),
    ("src/app/import/reading.rs PIECES_WAITING_MAX", "makes reading wait, drops nothing"),
    ("src/app/intake/draft.rs KEPT_BYTES_MAX", "a gigabyte of packed drafts"),
    ("src/app/intake/draft.rs ATTEMPTS_MAX", "three imports of others within one preview"),
    ("src/app/intake/names.rs QUESTIONS_MAX", "how many questions are put at once; the next come after"),
    ("src/app/intake/names.rs PLACES_TOLD_MAX", "how many places a sentence tells"),
    ("src/app/intake/names.rs BATCHES_MAX", "how many imports are looked through for questions"),
    ("src/app/mod.rs SNAPSHOTS_BYTES_MAX", "a cache: half a gigabyte of facts"),
    ("src/app/mod.rs PENDING_HELD_MAX", "a cache"),
    ("src/app/papers/letters.rs LINES_MAX", "of the same check as `TEAM_MAX`"),
    ("src/app/reminder.rs LINES_MAX", "how many lines a reminder names; the rest is counted"),
    ("src/app/snapshot.rs EVALUATIONS_BYTES_MAX", "a cache"),
    ("src/cli/heap.rs HEAPS_MAX", "a setting of the C library"),
    ("src/cli/verify.rs FILE_BYTES_MAX", "of a file that the user chose on their own machine"),
    ("src/jobs/context.rs ARTEFACTS_MAX", "a thousand papers of one run"),
    ("src/jobs/due.rs DUE_TIMES_MAX", "what is more is settled at the next look"),
    ("src/jobs/engine.rs WAIT_MAX", "an upper end of a wait"),
    ("src/jobs/engine.rs SETTLEMENTS_MAX", "what is more is settled at the next look"),
    ("src/jobs/engine.rs RUNS_MAX", "what is more runs at the next look"),
    ("src/jobs/import.rs BYTES_MAX", "what is more is read later in the same run"),
    ("src/jobs/import.rs NAMES_TOLD_MAX", "how many names a sentence tells"),
    ("src/jobs/import.rs NOTE_LINES_MAX", "a thousand issues in a note beside a workbook that marks them all"),
    ("src/jobs/inbox.rs STILL_WAIT_MAX", "twenty seconds of a growing file; it waits for the next run"),
    ("src/jobs/inbox.rs FOLDERS_MAX", "a thousand folders of Puskesmas; a district has dozens"),
    ("src/jobs/inbox.rs NAME_TRIES_MAX", "ten thousand files of one name"),
    ("src/jobs/notices.rs WAIT_MAX", "an upper end of a wait"),
    ("src/jobs/notices.rs MISSED_TOLD_MAX", "how many due times a notice tells one by one"),
    ("src/jobs/notices.rs LOG_LINES_MAX", "how many lines of the log a notice repeats"),
    ("src/jobs/prune.rs FILES_MAX", "the next run goes on"),
    ("src/marked/anew.rs TEXT_BYTES_MAX", "above what the limits of a workbook let in"),
    ("src/marked/anew.rs MARKUP_UNITS_MAX", "a text within a text: property tests of marked copies"),
    ("src/marked/book.rs SHEETS_MAX", "above the limit of sheets that opening has"),
    ("src/marked/list.rs COMMENTS_MAX", "as many issues as no file keeps"),
    ("src/marked/list.rs LINKS_MAX", "as many issues as no file keeps"),
    ("src/marked/list.rs ROWS_MAX", "as many issues as no file keeps"),
    ("src/marked/list_sheet.rs LINK_CHARS_MAX", "Excel's own bound: longer names than it takes"),
    ("src/marked/list_sheet.rs HEIGHT_MAX", "a look"),
    ("src/marked/sheet.rs MERGES_MAX", "above the limit of merged areas that opening has"),
    ("src/marked/styles.rs FORMATS_MAX", "Excel's own bound on a workbook that it wrote"),
    ("src/marked/widths.rs STATED_MAX", "a look"),
    ("src/proof/difference.rs TOLD_MAX", "how many differences are told"),
    ("src/report/bundle.rs WORD_LETTERS_MAX", "a part of a file's name"),
    ("src/report/flat_book.rs SHEET_LETTERS_MAX", "titles are ours"),
    ("src/report/mod.rs PAPER_ROWS_MAX", "what is longer stands whole in the workbook"),
    ("src/report/sealed/office.rs ENTRIES_MAX", "papers that we made ourselves"),
    ("src/report/sealed/office.rs PART_BYTES_MAX", "papers that we made ourselves"),
    ("src/report/verify/mod.rs LETTERS_MAX", "how much of a text a difference quotes"),
    ("src/report/verify/office.rs BYTES_MAX", "half a gigabyte in memory"),
    ("src/report/verify/pdf_drawing.rs DEPTH_MAX", "depth within papers that we made, and an end for others"),
    ("src/report/verify/pdf_text.rs OUTLINE_MAX", "an end for circles in a broken file"),
    ("src/report/verify/pdf_text.rs OUTLINE_DEPTH_MAX", "an end for circles in a broken file"),
    ("src/store/answers.rs REVOKED_LISTED_MAX", "how many are listed"),
    ("src/store/audit_read.rs ACCOUNTS_MAX", "how many a filter offers"),
    ("src/store/batch.rs NAMED_MAX", "how many rows a receipt names"),
    ("src/store/connection.rs READERS_KEPT_MAX", "a cache of connections"),
    ("src/store/editions.rs EDITIONS_READ_MAX", "how many are listed"),
    ("src/store/narratives.rs VERSIONS_READ_MAX", "how many are listed"),
    ("src/store/signatures.rs DATE_MONTHS_MAX", "a guess at a slip of the year"),
    ("src/template/context.rs TEXT_CHARS_MAX", "Excel's own bound: longer names than any register takes"),
    ("src/web/entrance.rs HANDSHAKE_TIME_MAX", "ten seconds of silence"),
    ("src/web/entrance.rs WRITE_PAUSE_MAX", "a minute of silence"),
    ("src/web/form_key.rs HEAD_BYTES_MAX", "the field stands first or the form is refused, whatever follows"),
    ("src/web/html_body.rs PAGE_BYTES_MAX", "pages are ours"),
    ("src/web/identity.rs DEVICE_WORDS_BYTES_MAX", "the words themselves are bounded by `DEVICE_WORDS_CHARS_MAX`"),
    ("src/web/multipart.rs AT_ONCE_MAX", "makes who comes wait, refuses nobody"),
    ("src/web/pages/job.rs FILE_BYTES_MAX", "two gigabytes"),
    ("src/web/pages/meeting_said.rs FACILITIES_MAX", "a form's bytes end before"),
    ("src/web/router.rs REQUEST_TIME_MAX", "half a minute of work"),
    ("src/web/router.rs UPLOAD_TIME_MAX", "ten minutes of work"),
    ("src/app/first_start.rs NAME_CHARS_MAX", "a name that its owner types for their own folder"),
    ("src/app/personal/mod.rs SHOWN_CHARS_MAX", "how much of a text is shown"),
    ("src/app/personal/mod.rs REASON_CHARS_MAX", "the form's field ends there too"),
    ("src/definitions/service_oidc.rs LABEL_CHARS_MAX", "a word of a button in the administrator's own file"),
    ("src/marked/overwritten.rs GONE_MAX", "beyond it the cells alone are kept"),
    ("src/jobs/attachments.rs MAIL_BYTES_MAX", "papers of 9, 16 and 6 MiB are shared out in the file's own test"),
    ("src/jobs/mail.rs RECEIPT_CHARS_MAX", "how much of a server's answer is kept"),
    ("src/jobs/webhook.rs RECEIPT_CHARS_MAX", "how much of a program's answer is kept"),
    ("src/outbound.rs ANSWER_BYTES_MAX", "the library of the client ends an answer there"),
    ("src/outbound.rs HEAD_BYTES_MAX", "the library of the client ends a head there"),
    ("src/oidc/provider.rs CODE_BYTES_MAX", "the head of a request ends before much more"),
    ("src/oidc/token.rs CLOCKS_APART_MAX", "tokens past their end are tried in tests/lan/oidc.rs"),
    ("src/oidc/token.rs SUBJECT_BYTES_MAX", "a provider that is believed otherwise"),
    ("src/privacy/digits.rs WHOLE_MAX", "the end of whole numbers in a cell"),
    ("src/privacy/headings.rs HEADING_CHARS_MAX", "how far a guess looks"),
    ("src/privacy/people.rs NAME_WORDS_MAX", "how far a guess looks"),
    ("src/privacy/sheet.rs HEADING_ROWS_MAX", "how far a guess looks"),
    ("src/privacy/sheet.rs LOOKED_AT_MAX", "how far a guess looks"),
    ("src/web/site.rs ASKING_MAX", "makes who comes wait, refuses nobody"),
    ("src/web/site.rs PACKING_MAX", "makes who comes wait, refuses nobody"),
    ("src/workbook/intake.rs COLUMN_RUNS_MAX", "widths beyond it are not taken, cells are"),
    ("src/workbook/marks.rs WORKBOOK_MAX", "marks beyond it are not taken, cells are, and a notice says so"),
    ("src/workbook/ods.rs MATRIX_CELLS_MAX", "the same bound as that of xlsx, which a test reaches"),
    ("src/workbook/ole.rs SECTOR_MAX", "a number of the format"),
];

/// Limits of product code, as `src/web/tls.rs FILE_BYTES_MAX`.
fn limits() -> Vec<String> {
    let limit = |line: &Line| {
        let name = line.text.split("const ").nth(1)?.split(':').next()?;
        let is_limit = name.ends_with("_MAX") && !line.text.trim().starts_with("//");
        is_limit.then(|| format!("{} {name}", line.file()))
    };
    product_lines().iter().filter_map(limit).collect()
}

/// Reports whether a unit test of the limit's own file names it, or of the file beside it that holds its room's tests.
fn is_named(limit: &str) -> bool {
    let (file, name) = limit.split_once(' ').unwrap();
    let text = fs::read_to_string(super::root().join(file)).unwrap();
    let own = text.split_once("#[cfg(test)]\nmod ").map_or("", |(_, tests)| tests);
    let beside = super::root().join(file).with_file_name("tests.rs");
    let beside = fs::read_to_string(beside).unwrap_or_default();
    [own, &beside].iter().any(|tests| tests.contains(name))
}

#[test]
fn every_limit_is_reached_by_a_test_or_has_a_reason() {
    let limits = limits();
    let listed: BTreeSet<&str> = BY_VALUE.iter().chain(UNREACHED).map(|(limit, _)| *limit).collect();
    let is_held = |limit: &String| {
        listed.contains(limit.as_str()) || is_named(limit) || LOOKS.iter().any(|room| limit.starts_with(room))
    };
    let missed: Vec<&String> = limits.iter().filter(|limit| !is_held(limit)).collect();
    assert!(missed.is_empty(), "limits that no test reaches: {missed:#?}");
    let gone: Vec<&&str> = listed.iter().filter(|listed| !limits.iter().any(|limit| limit == **listed)).collect();
    assert!(gone.is_empty(), "listed, and no limit any more: {gone:#?}");
}

#[test]
fn tests_that_reach_a_limit_are_there() {
    for (limit, place) in BY_VALUE {
        let (file, test) = place.split_once("::").unwrap();
        let source = fs::read_to_string(super::root().join(file)).unwrap_or_default();
        assert!(source.contains(&format!("fn {test}(")), "{limit}: no test `{test}` in {file}");
    }
    for (limit, _) in UNREACHED {
        assert!(!is_named(limit), "{limit}: a test names it, so it needs no reason");
    }
}
