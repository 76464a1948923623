//! Sheets of RUK and RPK in the forms that occur: laid out anew with one row for each activity, its program beside it.
//! Sums of the sheet are left out and compared with what its rows come to; every difference is told at its cell.

mod activities;
mod heading;
mod sums;

use super::page::{NewCell, NewSheet};
use crate::domain::annual_plan::PlanDocument;
use crate::domain::records::CellRef;
use crate::recap::heading::key;
use crate::recap::questions::ASK_PLAN_DOCUMENT;
use crate::workbook::{Relaid, Remark, Row, Sheet};
use activities::ProposalRows;
use heading::{PlanHeading, PlanTitle};

/// A column of Simpul's own table, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProposalColumn {
    Number,
    Year,
    Document,
    Program,
    Activity,
    Purpose,
    Group,
    Target,
    Volume,
    Cost,
    Fund,
    Owner,
    Time,
    FiveYearItem,
    Verdict,
    Note,
    Reviewed,
    Reply,
    Replied,
}

impl ProposalColumn {
    const ALL: [Self; 19] = [
        Self::Number,
        Self::Year,
        Self::Document,
        Self::Program,
        Self::Activity,
        Self::Purpose,
        Self::Group,
        Self::Target,
        Self::Volume,
        Self::Cost,
        Self::Fund,
        Self::Owner,
        Self::Time,
        Self::FiveYearItem,
        Self::Verdict,
        Self::Note,
        Self::Reviewed,
        Self::Reply,
        Self::Replied,
    ];

    /// Returns the heading of the column.
    fn heading(self) -> &'static str {
        match self {
            Self::Number => "No",
            Self::Year => "Tahun Rencana",
            Self::Document => "Dokumen",
            Self::Program => "Program",
            Self::Activity => "Kegiatan Usulan",
            Self::Purpose => "Tujuan",
            Self::Group => "Sasaran",
            Self::Target => "Target Sasaran",
            Self::Volume => "Volume",
            Self::Cost => "Biaya (Rp)",
            Self::Fund => "Sumber Dana",
            Self::Owner => "Penanggung Jawab",
            Self::Time => "Waktu Pelaksanaan",
            Self::FiveYearItem => "Butir Rencana Lima Tahunan",
            Self::Verdict => "Telaah TPCB",
            Self::Note => "Catatan TPCB",
            Self::Reviewed => "Tanggal Telaah",
            Self::Reply => "Tanggapan Puskesmas",
            Self::Replied => "Tanggal Tanggapan",
        }
    }
}

/// The activities of a sheet of RUK or RPK.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let first = (0..sheet.rows.len()).find_map(|at| PlanHeading::at(sheet, at))?;
    let title = PlanTitle::read(sheet, &sheet.rows[..first.at]);
    if !title.is_of_plan() {
        return None;
    }
    let from = CellRef { row: sheet.rows[first.at].index, column: 0 };
    if title.document().is_none() && !first.has(ProposalColumn::Document) {
        return Some(Relaid::Asked(Remark { place: from, message: ASK_PLAN_DOCUMENT.to_owned() }));
    }
    let top = first.at;
    let is_own = is_own(&sheet.rows[top]);
    let found = ProposalRows::read(sheet, first, &title);
    // Simpul's own table is read as it stands; only its sums are compared here.
    if found.activities.is_empty() || is_own && found.sums == 0 {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..top]);
    page.gap();
    page.line(ProposalColumn::ALL.map(|column| NewCell::text(column.heading(), from)).to_vec());
    let mut told = Vec::new();
    if !is_own {
        told.push(Remark { place: from, message: arrangement(&found, title.document()) });
    }
    told.extend(found.told);
    for (place, activity) in found.activities.into_iter().enumerate() {
        page.line(activity.cells(place + 1));
    }
    page.gap();
    page.copy(&sheet.rows[found.end..]);
    Some(Relaid::Table(Box::new(page.finish()), told))
}

fn arrangement(found: &ProposalRows, document: Option<PlanDocument>) -> String {
    let programs = found.programs();
    let plan = document.map_or("RUK atau RPK", PlanDocument::label);
    format!(
        "lembar {plan} dibaca sebagai {} kegiatan dalam {programs} program; baris jumlah tidak dihitung. Bila keliru, beri \
         setiap kegiatan satu baris dengan nomor urut",
        found.activities.len()
    )
}

/// Reports whether a heading is that of Simpul's own table.
fn is_own(row: &Row) -> bool {
    let own = key(ProposalColumn::Activity.heading());
    row.cells.iter().filter_map(|cell| cell.value.text()).any(|text| key(text) == own)
}

/// Reports whether a row holds nothing.
fn is_empty(row: &Row) -> bool {
    row.cells.iter().all(|cell| crate::recap::cells::is_blank(Some(&cell.value)))
}
