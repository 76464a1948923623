//! The register on pages: the list of facilities with score and status, and one facility's lines.

use crate::domain::facility::LicencePaper;
use crate::domain::{Facility, Structure, format};

use super::context::PageContext;
use super::figure::Whose;
use super::table::{DataCell, DataColumn, DataRow, DataTable};

/// All facilities listed this year.
pub fn register_table(context: &PageContext<'_>) -> DataTable {
    let rows = context.listed().map(|result| {
        let facility = context.facility(result.facility);
        DataRow {
            cells: vec![
                DataCell::Facility(result.facility, facility.name.clone()),
                text(Some(facility.kind.as_str())),
                text(facility.group.map(crate::domain::FacilityGroup::label)),
                text(Some(structures(facility).as_str())),
                text(facility.village.as_deref()),
                text(facility.person_in_charge.as_deref()),
                context.score_cell(Whose::Facility(result.facility), &result.block),
                DataCell::Status(context.standing(&result.block)),
            ],
        }
    });
    DataTable {
        name: "faskes".to_owned(),
        title: "Daftar jaringan dan jejaring".to_owned(),
        note: format!("Skor {}.", format::period(context.subject.period)),
        caption: context.caption(),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::text("jenis", "Jenis"),
            DataColumn::text("kelompok", "Kelompok"),
            DataColumn::text("struktur", "Struktur jejaring"),
            DataColumn::text("desa", "Desa"),
            DataColumn::text("pj", "Penanggung jawab"),
            DataColumn::number("skor", "Skor", "Skor pembinaan (0–100)"),
            DataColumn::text("status", "Status"),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
    }
}

fn text(text: Option<&str>) -> DataCell {
    text.filter(|text| !text.is_empty())
        .map_or(DataCell::Blank("tidak ditulis di daftar"), |text| DataCell::Text(text.to_owned()))
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

fn paper(paper: Option<&LicencePaper>) -> String {
    let Some(paper) = paper else { return String::new() };
    let number = paper.number.clone().unwrap_or_default();
    let until = paper.valid_until.map(|date| format!("s.d. {}", format::date(date))).unwrap_or_default();
    format!("{number} {until}").trim().to_owned()
}
