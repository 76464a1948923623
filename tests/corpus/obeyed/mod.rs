//! Sentences about cells and headings, obeyed to the letter: the same workbook, mended as its sentence says, brings the
//! facts that were meant, and until then none that was not. One more sentence is one more line of `sentences.txt`.

mod said;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use simpul::app::import::Upload;
use simpul::store::Store;

use super::{Page, file, lines, page};
use crate::import::{facts, run};

/// The tables and their lines.
const SENTENCES: &str = include_str!("sentences.txt");
/// What parts a line.
const TO: &str = " => ";
/// What every line brings before it is obeyed.
static ASKED: LazyLock<Vec<Brought>> =
    LazyLock::new(|| all().iter().map(|line| line.table.edited(line.wrong).brought()).collect());
/// The register, the indicators and the plan that the sentences speak of.
static KNOWN: LazyLock<Upload> = LazyLock::new(known);

/// A workbook of one sheet.
#[derive(Clone)]
struct Book<'s> {
    file: &'s str,
    sheet: &'s str,
    rows: Vec<Vec<String>>,
    /// First and last row and column of each merged area, as a page has them.
    merges: Vec<[u32; 4]>,
}

/// One line: what is wrong, what is said of it, what is done about it, what is meant.
struct Line<'s> {
    text: &'s str,
    /// The table as it stands when it is right.
    table: Book<'s>,
    wrong: &'s str,
    /// `C4 invalid_date`.
    issue: &'s str,
    says: &'s str,
    obeyed: &'s str,
    right: &'s str,
    /// What is read before it is obeyed is told to be wrong, or a guess is told again after it.
    is_loose: bool,
}

/// What an import of a workbook brings.
struct Brought {
    facts: Vec<String>,
    /// `cell code`, whether it is an error, and the sentence.
    issues: Vec<Said>,
}

struct Said {
    issue: String,
    is_error: bool,
    message: String,
}

fn row(text: &str) -> Vec<String> {
    text.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// The merged area between two cells: `C3 D3`.
fn area(cells: &str) -> [u32; 4] {
    let at = |cell: &str| {
        let (column, row) = cell.split_at(1);
        [row.parse::<u32>().expect(cell) - 1, u32::from(column.as_bytes()[0] - b'A')]
    };
    let (first, last) = cells.split_once(' ').expect(cells);
    let [[top, left], [bottom, right]] = [at(first), at(last)];
    [top, left, bottom, right]
}

impl<'s> Book<'s> {
    /// The workbook with some edits, in their order.
    fn edited(&self, edits: &'s str) -> Self {
        let mut book = self.clone();
        for edit in edits.split(" ; ").map(str::trim).filter(|edit| !edit.is_empty()) {
            book.edit(edit);
        }
        book
    }

    fn edit(&mut self, edit: &'s str) {
        if let Some(number) = edit.strip_prefix("row ") {
            self.rows.remove(number.parse::<usize>().unwrap() - 1);
            return;
        }
        let (place, text) = edit.split_once(':').expect(edit);
        let text = text.trim();
        match place.split_once(' ') {
            Some(("above", number)) => self.rows.insert(number.parse::<usize>().unwrap() - 1, row(text)),
            _ if place == "sheet" => self.sheet = text,
            _ if place == "file" => self.file = text,
            _ if place == "merge" => self.merges.push(area(text)),
            _ => text.clone_into(self.cell(place)),
        }
    }

    /// A cell by its address.
    fn cell(&mut self, address: &str) -> &mut String {
        let (column, number) = address.split_at(1);
        let column = usize::from(column.as_bytes()[0] - b'A');
        let number: usize = number.parse().expect(address);
        self.rows.resize(self.rows.len().max(number), Vec::new());
        let row = &mut self.rows[number - 1];
        row.resize(row.len().max(column + 1), String::new());
        &mut row[column]
    }

    /// What it brings to a Puskesmas with facilities, indicators and a plan.
    fn brought(&self) -> Brought {
        let store = Store::in_memory().unwrap();
        run(&store, &[Upload { name: KNOWN.name.clone(), bytes: KNOWN.bytes.clone() }]);
        let page = Page { rows: self.rows.clone(), ..page(self.sheet, &[]) }.merged(&self.merges);
        let receipt = run(&store, &[file(self.file, &[page])]).remove(0);
        let mut issues: Vec<Said> = receipt.issues.iter().map(Said::of).collect();
        issues.extend(receipt.error.map(|error| Said {
            issue: String::new(),
            is_error: true,
            message: error.to_string(),
        }));
        Brought { facts: told(&store), issues }
    }
}

impl Said {
    fn of(issue: &simpul::app::import::receipt::IssueReceipt) -> Self {
        Self {
            issue: format!("{} {}", issue.cell, issue.code),
            is_error: issue.severity == "error",
            message: issue.message.clone(),
        }
    }
}

fn known() -> Upload {
    let register = [
        ["Apotek Alvi", "Apotek", "Sawah"],
        ["BPM I Made Oka", "BPM", "Sawah"],
        ["Klinik Alvi", "Klinik", "Sawah"],
        ["Polindes Ganda", "Polindes", "Ganda"],
        ["Posyandu Melati", "Posyandu", "Sawah"],
        ["Pustu Ganda", "Pustu", "Ganda"],
        ["Pustu Ngatri", "Pustu", "Ngatri"],
    ];
    let mut rows: Vec<&[&str]> =
        vec![&["UPT PUSKESMAS ABCDE"], &["DAFTAR IDENTIFIKASI TAHUN 2023"], &["Nama Faskes", "Jenis", "Desa"]];
    rows.extend(register.iter().map(|row| &row[..]));
    let services: &[&[&str]] = &[
        &["INDIKATOR LAYANAN TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Cakupan K6 ibu hamil", "=100", "=1", "Naik", "Jumlah"],
        &["HT", "Penderita hipertensi", "=100", "=1", "Naik", "Jumlah"],
        &["N/D", "Balita naik", "=80", "=1", "Naik", "Jumlah"],
    ];
    let plan: &[&[&str]] = &[
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["Nama Faskes", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt"],
        &["Apotek Alvi", "", "", "", "", "x"],
        &["Klinik Alvi", "", "", "", "", "", "", "", "x"],
    ];
    let pages = [page("Identifikasi", &rows), page("Indikator", services), page("Jadwal", plan)];
    file("daftar.xlsx", &pages)
}

/// Every fact, a line each, but where it came from.
fn told(store: &Store) -> Vec<String> {
    let facts = facts(store);
    let name = |facility: u32| facts.facilities[facility as usize].name.as_str();
    let mut told = lines(store);
    told.extend(facts.facilities.iter().map(|facility| {
        let facility = simpul::domain::Facility { register_place: None, ..facility.clone() };
        format!("{facility:?}")
    }));
    told.extend(
        facts
            .services
            .iter()
            .flat_map(|service| &service.definitions)
            .map(|(year, _, definition)| format!("{year} {definition:?}")),
    );
    told.extend(facts.decree_rows.iter().map(|row| format!("{row:?}")));
    told.extend(facts.slots.iter().map(|slot| format!("{}: jadwal {}", name(slot.facility), slot.month)));
    told.extend(facts.changes.iter().map(|change| {
        format!("{}: {} menjadi {:?}, {:?}", name(change.facility), change.named, change.moved_to, change.reason)
    }));
    told.extend(facts.visits.iter().map(|visit| {
        let pieces = [visit.attendance_list, visit.minutes, visit.photos];
        format!("{}: {} {pieces:?} {:?} {:?}", name(visit.facility), visit.date, visit.coach, visit.finding)
    }));
    told.extend(
        facts
            .follow_ups
            .iter()
            .map(|row| format!("{}: {} {:?} {:?}", name(row.facility), row.item, row.owner, row.done)),
    );
    told.extend(facts.lokmin.iter().map(|row| format!("{}: lokmin {} {:?}", name(row.facility), row.month, row.sort)));
    told.extend(facts.written.clusters.iter().map(|row| format!("cluster {row:?}")));
    told.sort();
    told
}

/// All lines, each with the table that it is about.
fn all() -> Vec<Line<'static>> {
    let mut all = Vec::new();
    let mut table = Book { file: "rekap.xlsx", sheet: "Lembar", rows: Vec::new(), merges: Vec::new() };
    let texts = SENTENCES.lines().skip_while(|text| !text.starts_with('#'));
    for text in texts.filter(|text| !text.is_empty()) {
        if text.starts_with('#') {
            table.rows.clear();
        } else if let Some(cells) = text.strip_prefix('|') {
            table.rows.push(row(cells));
        } else {
            all.push(line(text, table.clone()));
        }
    }
    all
}

fn line(text: &'static str, table: Book<'static>) -> Line<'static> {
    // An edit that empties a cell ends in its colon.
    let (wrong, rest) = text.strip_prefix("=> ").map_or_else(|| text.split_once(TO).unwrap(), |rest| ("", rest));
    let parts: Vec<&str> = rest.split(TO).collect();
    let (issue, says) = parts[0].split_once(": ").unwrap();
    let right = parts.get(2).copied().unwrap_or_default();
    let is_loose = issue.starts_with('~');
    Line { text, table, wrong, issue: issue.trim_start_matches('~'), says, obeyed: parts[1], right, is_loose }
}

impl Line<'_> {
    /// What is wrong with what comes of it, where it is `asked` so and `right` is meant.
    fn faults(&self, asked: &Brought, right: &Brought) -> Vec<String> {
        let mut faults = Vec::new();
        let obeyed = self.table.edited(self.wrong).edited(self.obeyed).brought();
        let said = asked.issues.iter().find(|said| said.issue == self.issue && said.message.contains(self.says));
        match said {
            None => {
                let all: Vec<String> =
                    asked.issues.iter().map(|said| format!("{}: {}", said.issue, said.message)).collect();
                faults.push(format!("not said, but: {}", all.join(" | ")));
            }
            Some(said) => {
                let before = asked.facts.iter().filter(|fact| !right.facts.contains(fact));
                if said.is_error && !self.is_loose {
                    faults.extend(before.map(|fact| format!("wrong before: {fact}")));
                }
                let again = obeyed
                    .issues
                    .iter()
                    .filter(|other| other.is_error || other.message == said.message && !self.is_loose);
                faults.extend(again.map(|other| format!("said after: {}", other.message)));
            }
        }
        faults.extend(obeyed.facts.iter().filter(|fact| !right.facts.contains(fact)).map(|it| format!("wrong: {it}")));
        faults.extend(right.facts.iter().filter(|fact| !obeyed.facts.contains(fact)).map(|it| format!("lost: {it}")));
        faults
    }
}

#[test]
fn sentences_are_true_when_they_are_obeyed() {
    let lines = all();
    let mut right: BTreeMap<(String, &str), Brought> = BTreeMap::new();
    let mut found = Vec::new();
    for (line, asked) in lines.iter().zip(ASKED.iter()) {
        let meant = right.entry((format!("{:?}", line.table.rows), line.right));
        let meant = meant.or_insert_with(|| line.table.edited(line.right).brought());
        let faults = line.faults(asked, meant);
        if !faults.is_empty() {
            found.push(format!("{}\n  {}", line.text, faults.join("\n  ")));
        }
    }
    assert!(found.is_empty(), "{} sentences:\n{}", found.len(), found.join("\n"));
}

/// Every sentence that the lines bring forth.
fn brought_forth() -> BTreeSet<&'static str> {
    ASKED.iter().flat_map(|brought| &brought.issues).map(|said| said.message.as_str()).collect()
}
