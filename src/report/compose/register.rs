//! *Daftar identifikasi jaringan dan jejaring*: the register with agreements and licences, and its sums.

use std::collections::BTreeMap;

use super::{described, described_mark, signed};
use crate::dashboard::PageContext;
use crate::domain::facility::LicencePaper;
use crate::domain::records::Field;
use crate::domain::{Facility, FacilityGroup, Structure, Table, format};
use crate::report::cells::{as_of_note, numbered};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError};

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let mut recap = material.narrative.blocks();
    recap.extend([by_kind(context), by_structure(context)]);
    Ok(vec![Part::landscape("Daftar identifikasi", vec![register(context)]), signed("Rekapitulasi", recap, material)])
}

fn facilities<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = &'a Facility> {
    context.facilities().map(|result| context.facility(result.facility))
}

fn register(context: &PageContext<'_>) -> Block {
    let rows = facilities(context).map(|facility| {
        let structures: Vec<&str> = facility.structures.iter().copied().map(Structure::label).collect();
        let place = [facility.address.as_deref(), facility.village.as_deref()];
        vec![
            PaperCell::words(&facility.name),
            PaperCell::words(&facility.kind),
            PaperCell::words(facility.group.map_or("", FacilityGroup::label)),
            PaperCell::words(&structures.join(", ")),
            PaperCell::words(&place.into_iter().flatten().collect::<Vec<_>>().join(", ")),
            PaperCell::words(facility.person_in_charge.as_deref().unwrap_or("")),
            PaperCell::words(if facility.owes_reports { "Ya" } else { "Tidak" }),
            PaperCell::words(&paper(facility.agreement.as_ref())),
            PaperCell::words(&paper(facility.licence.as_ref())),
        ]
    });
    Block::Table(numbered(PaperTable {
        title: format!("Jaringan dan jejaring yang dibina tahun {}", context.subject.period.year()),
        note: as_of_note(context),
        columns: vec![
            described(Table::Facilities, Field::Name, 24.0),
            described(Table::Facilities, Field::Kind, 12.0),
            described(Table::Facilities, Field::Group, 11.0),
            described(Table::Facilities, Field::Structure, 18.0),
            described(Table::Facilities, Field::Address, 24.0),
            described(Table::Facilities, Field::Person, 16.0),
            described_mark(Table::Facilities, Field::OwesReports, 8.0),
            PaperColumn::text("PKS", 12.0),
            PaperColumn::text("Izin", 12.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Belum ada jaringan atau jejaring yang terdaftar.".to_owned(),
        row_height: RowHeight::Text,
    }))
}

fn paper(paper: Option<&LicencePaper>) -> String {
    let Some(paper) = paper else { return String::new() };
    let until = paper.valid_until.map(|date| format!("s.d. {}", format::date(date))).unwrap_or_default();
    format!("{} {until}", paper.number.as_deref().unwrap_or("")).trim().to_owned()
}

fn by_kind(context: &PageContext<'_>) -> Block {
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for facility in facilities(context) {
        let group = facility.group.map_or("Belum ditulis", FacilityGroup::label);
        *counts.entry((group, facility.kind.as_str())).or_default() += 1;
    }
    let all = counts.values().sum();
    let rows = counts.into_iter().map(|((group, kind), count)| {
        vec![PaperCell::words(group), PaperCell::words(kind), PaperCell::Count(f64::from(count))]
    });
    counted("Menurut kelompok dan jenis", ["Kelompok", "Jenis"], rows.collect(), all)
}

fn by_structure(context: &PageContext<'_>) -> Block {
    let count = |structure: Structure| facilities(context).filter(|f| f.structures.contains(&structure)).count();
    let rows = Structure::ALL.map(|structure| {
        let count = u32::try_from(count(structure)).unwrap_or(u32::MAX);
        vec![PaperCell::words(structure.label()), PaperCell::Blank, PaperCell::Count(f64::from(count))]
    });
    let mut block = counted("Menurut struktur jejaring", ["Struktur", "Keterangan"], rows.to_vec(), 0);
    if let Block::Table(table) = &mut block {
        table.totals.clear();
        "Satu faskes dapat masuk lebih dari satu struktur.".clone_into(&mut table.note);
    }
    block
}

fn counted(title: &str, heads: [&str; 2], rows: Vec<Vec<PaperCell>>, all: u32) -> Block {
    Block::Table(PaperTable {
        title: title.to_owned(),
        note: String::new(),
        columns: vec![
            PaperColumn::text(heads[0], 24.0),
            PaperColumn::text(heads[1], 24.0),
            PaperColumn::number("Jumlah", 9.0),
        ],
        rows,
        totals: vec![vec![PaperCell::words("Jumlah"), PaperCell::Blank, PaperCell::Count(f64::from(all))]],
        empty: "Tidak ada.".to_owned(),
        row_height: RowHeight::Text,
    })
}
