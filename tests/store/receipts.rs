//! Reports without the day on which they came: kept as they were ticked, corrected as any field is, traced to their ticks.

use simpul::domain::facts::FactKey;
use simpul::domain::records::{Field, Recap, ReportRow, Rows, Sourced};
use simpul::domain::{Received, ReportReceipt, Table};
use simpul::store::{By, Scope, Store};

use super::{ABCDE, File, at, bare, date, facts, in_month, month, recap, store};

use ReportReceipt::{Came, Day, InTime, Late, NotCome};

fn report(of: u32, received: ReportReceipt) -> ReportRow {
    ReportRow { facility: "Apotek Alvi".into(), month: month(of), received }
}

/// A year's table by ticks.
fn ticked(rows: Vec<ReportRow>) -> Recap {
    let due_months = Some(rows.iter().map(|row| row.month.plus(1)).collect());
    Recap { due_months, ..recap(Received::Year(2023), Rows::MonthlyReports(bare(rows))) }
}

/// A month's table by days.
fn dated(of: u32, day: &str) -> Recap {
    recap(in_month(of + 1), Rows::MonthlyReports(bare(vec![report(of, Day(date(day)))])))
}

fn receipts(store: &Store) -> Vec<ReportReceipt> {
    facts(store).reports.iter().map(|report| report.received).collect()
}

#[test]
fn each_is_kept_and_counts_for_the_months_in_which_it_was_due() {
    let store = store();
    let all = [InTime, Late, Came, NotCome, Day(date("2023-06-03"))];
    let rows = (1..).zip(all).map(|(of, received)| report(of, received)).collect();
    File::new("centang", vec![ticked(rows)]).accept(&store);
    assert_eq!(receipts(&store), all);
    let facts = facts(&store);
    let received: Vec<Received> =
        facts.received.iter().filter(|row| row.table == Table::MonthlyReports).map(|row| row.received).collect();
    assert_eq!(received, [2, 3, 4, 5, 6].map(in_month));
    assert_eq!(store.sources(ABCDE, 2023, date("2023-12-31")).unwrap().data_until, Some(month(6)));
    // A table that nobody ticked is received for no month.
    let accepted = File::new("kosong", vec![ticked(Vec::new())]).accept(&store);
    assert_eq!(super::facts(&store), facts);
    store.undo(accepted.batch, By::command_line("ani", super::now())).unwrap();
}

#[test]
fn a_day_outlives_later_ticks_and_ticks_correct_ticks() {
    let store = store();
    File::new("juni", vec![dated(5, "2023-06-09")]).accept(&store);
    // The year's table counts as December's.
    let later = File::new("centang", vec![ticked(vec![report(5, InTime), report(6, InTime)])]).accept(&store);
    assert_eq!(receipts(&store), [Day(date("2023-06-09")), InTime]);
    File::new("centang betul", vec![ticked(vec![report(5, NotCome), report(6, Late)])]).accept(&store);
    assert_eq!(receipts(&store), [Day(date("2023-06-09")), Late]);
    // A tick of completeness alone takes nothing back.
    File::new("lengkap", vec![ticked(vec![report(6, Came)])]).accept(&store);
    assert_eq!(receipts(&store), [Day(date("2023-06-09")), Late]);
    File::new("juli", vec![dated(6, "2023-07-03")]).accept(&store);
    assert_eq!(receipts(&store), [Day(date("2023-06-09")), Day(date("2023-07-03"))]);
    store.undo(later.batch, By::command_line("ani", super::now())).unwrap();
    assert_eq!(receipts(&store).len(), 2);
}

#[test]
fn a_fact_stands_where_it_is_told_and_leads_to_its_ticks() {
    let store = store();
    let placed = |recap: Recap, cells: &[(Field, u32)]| {
        let Rows::MonthlyReports(rows) = recap.rows else { unreachable!("reports") };
        let cells: Vec<_> = cells.iter().map(|(field, column)| at(*field, 5, *column)).collect();
        let rows = rows.into_iter().map(|row| Sourced { record: row.record, cells: cells.clone() }).collect();
        Recap { rows: Rows::MonthlyReports(rows), ..recap }
    };
    let ticks = [(Field::Name, 1), (Field::Complete, 10), (Field::InTime, 11)];
    File::new("juni", vec![placed(dated(5, "2023-06-09"), &[(Field::Name, 1), (Field::ReceivedOn, 3)])]).accept(&store);
    File::new("centang", vec![placed(ticked(vec![report(5, InTime)]), &ticks)]).accept(&store);
    File::new("centang juni", vec![placed(ticked(vec![report(6, Late)]), &ticks)]).accept(&store);
    let counted = store.counted_facts(ABCDE).unwrap();
    let place = |index| {
        let place = counted.place(Table::MonthlyReports, index).unwrap();
        format!("{} {}", place.file, place.cell.unwrap())
    };
    assert_eq!([place(0), place(1)], ["juni D5", "centang juni K5"]);
    let traced = store.trace(ABCDE, "Apotek Alvi", &FactKey::MonthlyReport(month(6))).unwrap();
    let traced: Vec<_> = traced
        .iter()
        .filter(|held| held.field != Field::Month)
        .map(|held| format!("{} {} {}", held.field.label(), held.value, held.place.sheet_and_cell().1))
        .collect();
    assert_eq!(traced, ["Lengkap Ya K5", "Tepat waktu Tidak L5"]);
    assert!(store.history(&Scope::All).is_ok());
}
