//! The register on pages: the list of facilities with score and status, and one facility's lines.

use crate::domain::facility::Paper;
use crate::domain::{Facility, Structure, format};

use super::context::Context;
use super::figure::Whose;
use super::table::{Cell, Column, Row, Table};

/// All facilities listed this year.
pub fn register_table(context: &Context<'_>) -> Table {
    let rows = context.listed().map(|result| {
        let facility = context.facility(result.facility);
        Row {
            cells: vec![
                Cell::Facility(result.facility, facility.name.clone()),
                text(Some(facility.kind.as_str())),
                text(facility.group.map(crate::domain::FacilityGroup::label)),
                text(Some(structures(facility).as_str())),
                text(facility.village.as_deref()),
                text(facility.person_in_charge.as_deref()),
                context.score_cell(Whose::Facility(result.facility), &result.block),
                Cell::Status(context.standing(&result.block)),
            ],
        }
    });
    Table {
        name: "faskes".to_owned(),
        title: "Daftar jaringan dan jejaring".to_owned(),
        note: format!("Skor {}.", format::period(context.subject.period)),
        caption: context.caption(),
        columns: vec![
            Column::text("faskes", "Faskes"),
            Column::text("jenis", "Jenis"),
            Column::text("kelompok", "Kelompok"),
            Column::text("struktur", "Struktur jejaring"),
            Column::text("desa", "Desa"),
            Column::text("pj", "Penanggung jawab"),
            Column::number("skor", "Skor", "Skor pembinaan (0–100)"),
            Column::text("status", "Status"),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
    }
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty())
        .map_or(Cell::Blank("tidak ditulis di daftar"), |text| Cell::Text(text.to_owned()))
}

fn structures(facility: &Facility) -> String {
    let words: Vec<&str> = facility.structures.iter().copied().map(Structure::label).collect();
    words.join(", ")
}

/// The lines of one facility: only what the register says.
pub fn register_lines(facility: &Facility) -> Vec<(&'static str, String)> {
    let owes = if facility.owes_reports { "Ya" } else { "Tidak" };
    let until = facility.active_until.map(|month| format!(" s.d. {}", format::month(month))).unwrap_or_default();
    let lines = [
        ("Jenis", facility.kind.clone()),
        ("Kelompok", facility.group.map(crate::domain::FacilityGroup::label).unwrap_or_default().to_owned()),
        ("Struktur jejaring", structures(facility)),
        ("Alamat", facility.address.clone().unwrap_or_default()),
        ("Desa", facility.village.clone().unwrap_or_default()),
        ("Penanggung jawab", facility.person_in_charge.clone().unwrap_or_default()),
        ("Wajib lapor", owes.to_owned()),
        ("Aktif", format!("sejak {}{until}", format::month(facility.active_from))),
        ("PKS", paper(facility.agreement.as_ref())),
        ("Izin", paper(facility.licence.as_ref())),
    ];
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn paper(paper: Option<&Paper>) -> String {
    let Some(paper) = paper else { return String::new() };
    let number = paper.number.clone().unwrap_or_default();
    let until = paper.valid_until.map(|date| format!("s.d. {}", format::date(date))).unwrap_or_default();
    format!("{number} {until}").trim().to_owned()
}
