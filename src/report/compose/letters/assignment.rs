//! *Surat tugas*: who is sent where and when, by the plan of coaching visits; and the same of the district's team. An
//! officer or a day that the plan does not name is written in.

use super::{DOTTED, LetterFields, dated, open_day, or_dotted, paragraph, plain_table};
use crate::domain::{Month, VisitDate, format};
use crate::report::PaperMaterial;
use crate::report::cells::numbered;
use crate::report::compose::written::district_visits;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight, Signatures};
use crate::report::narrative::letters::GROUNDS;

/// Rows for officers of whom nothing is known.
const BLANK_OFFICERS: usize = 2;

/// A planned visit of the period.
struct PlannedVisit<'a> {
    month: Month,
    facility: u32,
    person: Option<&'a str>,
    /// Day on which it took place already.
    day: Option<VisitDate>,
}

/// The parts of the order for the officers of the Puskesmas.
pub(super) fn parts(material: &PaperMaterial<'_>, fields: LetterFields) -> Vec<Part> {
    let context = material.context;
    let visits = planned(material);
    let mut officers: Vec<&str> = Vec::new();
    for person in visits.iter().filter_map(|visit| visit.person) {
        if !officers.contains(&person) {
            officers.push(person);
        }
    }
    let is_open = visits.is_empty() || visits.iter().any(|visit| visit.person.is_none());
    let row = |visit: &PlannedVisit<'_>| {
        let facility = context.facility(visit.facility);
        vec![
            PaperCell::words(&facility.name),
            PaperCell::words(&facility.kind),
            PaperCell::words(facility.address.as_deref().or(facility.village.as_deref()).unwrap_or_default()),
            or_dotted(visit.person),
            visit.day.map_or_else(|| open_day(visit.month), PaperCell::visit),
        ]
    };
    let columns = vec![
        PaperColumn::text("Nama Jaringan/Jejaring", 28.0),
        PaperColumn::text("Jenis", 14.0),
        PaperColumn::text("Alamat", 18.0),
        PaperColumn::text("Petugas", 20.0),
        PaperColumn::text("Tanggal", 20.0),
    ];
    let period = format::period(context.subject.period);
    let empty = format!("Tidak ada jadwal pembinaan pada {period}.");
    let list = numbered(plain_table(columns, visits.iter().map(row).collect(), &empty));
    let signature = material.letter.head_signature(context.puskesmas_name());
    let report = format!(
        "Demikian surat tugas ini dibuat untuk dilaksanakan, dan hasilnya dilaporkan kepada Kepala {}.",
        context.puskesmas_name()
    );
    let blocks = order(fields, officer_table(&officers, is_open), list, &report);
    vec![Part::letter("Surat tugas", signed(material, blocks, signature))]
}

/// The parts of the order for the district's team.
pub(super) fn team_parts(material: &PaperMaterial<'_>, fields: LetterFields) -> Vec<Part> {
    let context = material.context;
    let name = context.puskesmas_name();
    let mut days: Vec<Vec<PaperCell>> = Vec::new();
    for visit in district_visits(context) {
        let row = vec![PaperCell::Date(visit.date), PaperCell::words(name), or_dotted(visit.sort.as_deref())];
        if !days.contains(&row) {
            days.push(row);
        }
    }
    if days.is_empty() {
        days.push(vec![open_day(context.subject.period.last_month()), PaperCell::words(name), or_dotted(None)]);
    }
    let columns = vec![
        PaperColumn::text("Tanggal", 20.0),
        PaperColumn::text("Puskesmas", 34.0),
        PaperColumn::text("Jenis Pembinaan", 34.0),
    ];
    let members: Vec<&str> = material.letter.team.iter().map(String::as_str).collect();
    let officers = officer_table(&members, members.is_empty());
    let report =
        "Demikian surat tugas ini dibuat untuk dilaksanakan, dan hasilnya dilaporkan kepada Kepala Dinas Kesehatan.";
    let blocks = order(fields, officers, numbered(plain_table(columns, days, "")), report);
    vec![Part::letter("Surat tugas", signed(material, blocks, material.letter.office_signature()))]
}

/// The text of an order: its grounds, who, what for, where and when.
fn order(mut fields: LetterFields, officers: PaperTable, list: PaperTable, report: &str) -> Vec<Block> {
    let grounds = fields.take(GROUNDS).unwrap_or_default();
    vec![
        Block::Facts(vec![(GROUNDS.to_owned(), grounds)]),
        Block::Centered("MEMBERI TUGAS".to_owned()),
        paragraph("Kepada:"),
        Block::Table(officers),
        fields.block(),
        Block::Table(list),
        paragraph(report),
    ]
}

fn signed(material: &PaperMaterial<'_>, mut blocks: Vec<Block>, signatures: Signatures) -> Vec<Block> {
    blocks.push(dated(material, signatures));
    blocks
}

/// Officers by name, with lines for what the plan does not tell of them.
fn officer_table(names: &[&str], has_blank_rows: bool) -> PaperTable {
    let dotted = || PaperCell::Missing(DOTTED.to_owned());
    let mut rows: Vec<Vec<PaperCell>> =
        names.iter().map(|name| vec![PaperCell::words(name), dotted(), dotted()]).collect();
    if has_blank_rows {
        rows.extend(vec![vec![dotted(), dotted(), dotted()]; BLANK_OFFICERS]);
    }
    let columns =
        vec![PaperColumn::text("Nama", 34.0), PaperColumn::text("NIP", 30.0), PaperColumn::text("Jabatan", 30.0)];
    let mut table = numbered(plain_table(columns, rows, ""));
    table.row_height = RowHeight::Form;
    table
}

/// The visits that the plan has for the period, in the order of its months and of the register.
fn planned<'a>(material: &PaperMaterial<'a>) -> Vec<PlannedVisit<'a>> {
    let context = material.context;
    let mut visits: Vec<PlannedVisit<'a>> = Vec::new();
    for month in context.subject.period.months() {
        for result in context.facilities() {
            for slot in result.slots.iter().filter(|slot| slot.effective == Some(month)) {
                let person = context.person_of_slot(result.facility, slot.planned);
                visits.push(PlannedVisit { month, facility: result.facility, person, day: slot.visit });
            }
        }
    }
    visits
}
