//! Ready-made workbooks: every kind reads back without one issue, empty and filled; hostile names stay text.

mod filled;
mod hostile;
mod paper;

use std::fs;
use std::path::{Path, PathBuf};

use simpul::diagnostic::Issue;
use simpul::domain::records::{Recap, Rows};
use simpul::domain::written::Owned;
use simpul::domain::{Month, Received, Table};
use simpul::recap::{ReadingContext, read_table, recognise};
use simpul::template::{TemplateContext, TemplateKind, monthly_recaps, workbook};
use simpul::workbook::{Limits, Workbook, read};

const CASES: [&str; 6] = ["abcde-2023", "annual-19", "clean-11", "partial-21", "wild-12", "wild-13"];

/// What an import of workbooks found.
struct Import {
    recaps: Vec<(String, Recap)>,
    puskesmas: Vec<String>,
    issues: Vec<Issue>,
}

fn import(books: &[Workbook]) -> Import {
    let mut found = Import { recaps: Vec::new(), puskesmas: Vec::new(), issues: Vec::new() };
    let mut tables = Vec::new();
    for book in books {
        let recognised = recognise(book);
        found.issues.extend(recognised.issues);
        tables.extend(recognised.tables.into_iter().map(|table| (book.file.clone(), table)));
    }
    tables.sort_by_key(|(_, table)| table.table);
    let mut context = ReadingContext::new();
    for (file, table) in tables {
        let (recap, issues) = read_table(&table, &context);
        context.learn(&recap);
        found.puskesmas.extend(table.puskesmas.clone());
        found.recaps.push((file, recap));
        found.issues.extend(issues);
    }
    found.puskesmas.sort();
    found.puskesmas.dedup();
    found
}

fn book(name: &str, bytes: &[u8]) -> Workbook {
    read(name, bytes, &Limits::default()).unwrap()
}

fn month(text: &str) -> Month {
    let (year, month) = text.split_once('-').unwrap();
    Month::new(year.parse().unwrap(), month.parse().unwrap()).unwrap()
}

/// What a case's own workbooks hold, as a context.
fn context_of(case: &str) -> TemplateContext {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case).join("workbooks");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let books: Vec<Workbook> =
        files.iter().map(|file| book(file.file_name().unwrap().to_str().unwrap(), &fs::read(file).unwrap())).collect();
    let found = import(&books);
    let mut context = TemplateContext::blank(&found.puskesmas[0], month("2023-05"));
    for (_, recap) in found.recaps {
        take(&mut context, recap.rows);
    }
    context
}

fn take(context: &mut TemplateContext, rows: Rows) {
    fn records<T>(rows: Vec<simpul::domain::records::Sourced<T>>) -> impl Iterator<Item = T> {
        rows.into_iter().map(|row| row.record)
    }
    let all = &mut context.records;
    match rows {
        Rows::Facilities(rows) => context.facilities.extend(records(rows)),
        Rows::ServiceIndicators(rows) => context.services.extend(records(rows)),
        Rows::Decree(rows) => context.decree.extend(records(rows)),
        Rows::Schedule(rows) => all.slots.extend(records(rows)),
        Rows::ScheduleChanges(rows) => all.changes.extend(records(rows)),
        Rows::Visits(rows) => all.visits.extend(records(rows)),
        Rows::FollowUps(rows) => all.follow_ups.extend(records(rows)),
        // Filled sheets have templates of their own.
        Rows::ChecklistItems(rows) => assert!(rows.is_empty()),
        Rows::Lokmin(rows) => all.lokmin.extend(records(rows)),
        Rows::MonthlyReports(rows) => all.reports.extend(records(rows)),
        Rows::Achievements(rows) => all.achievements.extend(records(rows)),
        Rows::Problems(rows) => all.written.problems.extend(records(rows).map(Owned::first)),
        Rows::Decisions(rows) => all.written.decisions.extend(records(rows).map(Owned::first)),
        Rows::Clusters(rows) => all.written.clusters.extend(records(rows)),
        Rows::DistrictVisits(rows) => all.written.district_visits.extend(records(rows).map(Owned::first)),
        Rows::DistrictFollowUps(rows) => all.written.district_follow_ups.extend(records(rows).map(Owned::first)),
        Rows::DistrictSteps(rows) => all.written.district_steps.extend(records(rows).map(Owned::first)),
        Rows::DistrictAssessments(rows) => all.written.district_assessments.extend(records(rows).map(Owned::first)),
        Rows::DistrictMatters(rows) => all.written.district_matters.extend(records(rows).map(Owned::first)),
        Rows::PlanSessions(rows) => all.written.plan_sessions.extend(records(rows).map(Owned::first)),
        Rows::PlanProposals(rows) => all.written.plan_proposals.extend(records(rows).map(Owned::first)),
        Rows::Pkp(rows) => all.written.pkp.extend(records(rows).map(Owned::first)),
        Rows::PkpVerifications(rows) => all.written.pkp_verifications.extend(records(rows).map(Owned::first)),
        Rows::OwnIndicators(rows) => all.written.own_indicators.extend(records(rows).map(Owned::first)),
        Rows::OwnAchievements(rows) => all.written.own_achievements.extend(records(rows).map(Owned::first)),
        Rows::AgreementSteps(rows) => all.written.agreement_steps.extend(records(rows).map(Owned::first)),
        Rows::NetworkSteps(rows) => all.written.network_steps.extend(records(rows).map(Owned::first)),
        Rows::IntegrationScores(rows) => all.written.integration_scores.extend(records(rows).map(Owned::first)),
    }
}

/// The register alone: what a template is made from.
fn register_of(case: &str) -> TemplateContext {
    TemplateContext { records: simpul::template::TemplateRecords::default(), ..context_of(case) }
}

/// Every workbook of a context, the twelve months included.
fn all_books(context: &TemplateContext) -> Vec<Workbook> {
    let mut books: Vec<Workbook> = [TemplateKind::Register, TemplateKind::Schedule, TemplateKind::YearlyRecap]
        .into_iter()
        .map(|kind| book(&kind.file_name(context.month), &workbook(kind, context).unwrap()))
        .collect();
    books.extend(monthly_recaps(context).unwrap().iter().map(|(name, bytes)| book(name, bytes)));
    books
}

#[test]
fn an_empty_template_has_not_one_issue() {
    for context in CASES.into_iter().map(register_of) {
        no_issue(&context, &a_book_a_kind(&context));
    }
    let context = register_of("abcde-2023");
    no_issue(&context, &all_books(&context));
    let context = TemplateContext::blank("UPT PUSKESMAS ABCDE", month("2023-05"));
    no_issue(&context, &all_books(&context));
}

fn a_book_a_kind(context: &TemplateContext) -> Vec<Workbook> {
    let written = TemplateKind::ALL.map(|kind| (kind.file_name(context.month), workbook(kind, context).unwrap()));
    written.iter().map(|(name, bytes)| book(name, bytes)).collect()
}

fn no_issue(context: &TemplateContext, books: &[Workbook]) {
    let found = import(books);
    assert_eq!(found.issues, [], "{}", context.puskesmas);
    assert_eq!(found.puskesmas, [context.puskesmas.as_str()]);
    let rejected: u32 = found.recaps.iter().map(|(_, recap)| recap.rows_rejected).sum();
    assert_eq!(rejected, 0);
}

#[test]
fn every_kind_is_recognised_as_its_tables_and_months() {
    let context = register_of("clean-11");
    for kind in TemplateKind::ALL {
        let name = kind.file_name(context.month);
        // The file's name tells the month too: the banner must do so alone.
        let written = book("x.xlsx", &workbook(kind, &context).unwrap());
        let found = recognise(&written);
        let mut tables: Vec<Table> = found.tables.iter().map(|table| table.table).collect();
        tables.dedup();
        assert_eq!(tables, kind.tables(), "{name}");
        let received = match kind {
            TemplateKind::MonthlyRecap => Received::Month(context.month),
            TemplateKind::Evaluation => Received::over("2023-C2".parse().unwrap()),
            _ => Received::Year(2023),
        };
        assert!(found.tables.iter().all(|table| table.received == received), "{name}");
        let last: Vec<&str> = found.sheets.iter().rev().take(3).rev().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(last, ["Contoh", "Petunjuk", "Daftar"]);
        assert!(found.sheets.iter().rev().take(3).all(|sheet| sheet.tables.is_empty()), "{name}");
    }
}

#[test]
fn without_indicators_a_recap_has_no_achievements() {
    let context = TemplateContext::blank("Abcde", month("2023-05"));
    let bytes = workbook(TemplateKind::MonthlyRecap, &context).unwrap();
    let written = book("x.xlsx", &bytes);
    let tables: Vec<Table> = recognise(&written).tables.iter().map(|table| table.table).collect();
    assert_eq!(tables, [Table::Visits, Table::FollowUps, Table::Lokmin, Table::MonthlyReports]);
    assert_eq!(recognise(&written).tables[0].puskesmas.as_deref(), Some("UPT PUSKESMAS ABCDE"));
}

#[test]
fn the_same_template_twice_is_the_same_bytes() {
    let context = register_of("clean-11");
    for kind in TemplateKind::ALL {
        assert!(workbook(kind, &context).unwrap() == workbook(kind, &context).unwrap(), "{}", kind.code());
    }
}

#[test]
fn codes_and_file_names() {
    for kind in TemplateKind::ALL {
        assert_eq!(TemplateKind::from_code(kind.code()), Some(kind));
        assert!(!kind.title().is_empty() && kind.description().len() > 40);
    }
    let names = TemplateKind::ALL.map(|kind| kind.file_name(month("2023-05")));
    assert_eq!(
        names,
        [
            "identifikasi-2023.xlsx",
            "jadwal-2023.xlsx",
            "rekap-2023-05.xlsx",
            "rekap-tahunan-2023.xlsx",
            "evaluasi-2023-C2.xlsx",
            "notulen-2023.xlsx",
            "pembinaan-tpcb-2023.xlsx",
            "cluster-2023.xlsx",
            "ruk-rpk-2023.xlsx",
            "pkp-2023.xlsx",
            "indikator-puskesmas-2023.xlsx",
            "jejaring-2023.xlsx",
        ]
    );
    assert_eq!(TemplateKind::from_code("rekap"), None);
}

#[test]
fn a_puskesmas_needs_a_name() {
    let context = TemplateContext::blank(" - ", month("2023-05"));
    assert!(workbook(TemplateKind::Register, &context).unwrap_err().to_string().contains("nama Puskesmas"));
}
