//! Months across, each over columns of its own that a table of months does not know: teams of a plan (`UKM | UKP`), sorts
//! of a meeting (`Bulanan | Linsek`), the receiver of a report beside its day. Kinds of reports are asked about: which of
//! them is the month's report nobody says.

use super::groups::{GroupColumn, GroupHeading, heads, is_marker};
use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::mark::{Mark, planned};
use crate::recap::cells::{is_blank, receipt};
use crate::recap::heading::key;
use crate::recap::heading_figures::{is_total, sex};
use crate::recap::heading_plan::titles_a_plan;
use crate::recap::layout::Layout;
use crate::recap::plan_rows::is_pair;
use crate::recap::questions::{ASK_PARTED_FIGURES, ASK_REPORT_KINDS};
use crate::recap::section::Section;
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

const MEETINGS: [&str; 5] = ["lokmin", "lokakarya", "kehadiran", "daftar hadir", "absensi"];
/// Words of a monthly meeting, and of one with other sectors.
const MONTHLY: [&str; 5] = ["bulanan", "lokbul", "bln", "intern", "internal"];
const SECTORS: [&str; 7] =
    ["linsek", "lintas sektor", "lintas sektoral", "tribulanan", "triwulanan", "loktri", "lokakarya tribulanan"];
const DAYS: [&str; 8] =
    ["tgl", "tanggal", "tglmasuk", "tanggalmasuk", "tglterima", "tanggalterima", "tglditerima", "tanggalditerima"];
/// Columns beside the day of a report that say nothing of it.
const BESIDE_DAYS: [&str; 9] = ["penerima", "petugas", "paraf", "ttd", "jam", "pukul", "ket", "keterangan", "oleh"];

/// The sheet with one column a month, or a row a meeting.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = (0..sheet.rows.len()).find_map(|at| heads(sheet, at).filter(|heads| heads.data > at + 1))?;
    let Banner { words, indicator, .. } = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    let months: Vec<(u32, &GroupColumn)> =
        heads.columns.iter().filter_map(|head| Some((month_number(&key(&head.top))?, head))).collect();
    let is_parted = months.chunk_by(|one, other| one.0 == other.0).any(|group| group.len() > 1);
    if !is_parted {
        return None;
    }
    let parted = PartedMonths { sheet, heads: &heads, months };
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    match () {
        () if says(&MEETINGS) && !says(&["laporan"]) => parted.meetings(),
        () if says(&["laporan"]) => parted.reports(),
        () if indicator.is_some() => parted.figures(),
        () if titles_a_plan(&words) || says(&["jadwal"]) => parted.plan(),
        () => None,
    }
}

/// Gives the cell of a row for the columns of a month.
type MonthCell<'c> = &'c dyn Fn(&Row, &[(u32, &GroupColumn)]) -> NewCell;

/// Such a table: its columns of months, in order.
struct PartedMonths<'s> {
    sheet: &'s Sheet,
    heads: &'s GroupHeading,
    months: Vec<(u32, &'s GroupColumn)>,
}

impl PartedMonths<'_> {
    fn rows(&self) -> (&[Row], &[Row]) {
        up_to_signatures(&self.sheet.rows[self.heads.data..])
    }

    fn place(&self) -> CellRef {
        let column = self.months.first().map_or(0, |(_, head)| head.column);
        CellRef { row: self.sheet.rows[self.heads.at].index, column }
    }

    fn bottoms(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for (_, head) in &self.months {
            if !all.contains(&head.bottom.as_str()) {
                all.push(&head.bottom);
            }
        }
        all
    }

    fn groups(&self) -> impl Iterator<Item = &[(u32, &GroupColumn)]> {
        self.months.chunk_by(|one, other| one.0 == other.0)
    }

    /// The table with one column a month, in which `cell` of each row and month stands.
    fn joined(&self, cell: MonthCell<'_>, message: String) -> Relaid {
        let heading = self.sheet.rows[self.heads.at].index;
        let mut page = NewSheet::new(self.sheet);
        page.copy(&self.sheet.rows[..self.heads.at]);
        let own = |row: u32| (0..=self.heads.name).map(move |column| CellRef { row, column });
        let heads = self.groups().filter_map(|group| {
            let (_, head) = group.first()?;
            Some(NewCell::text(&head.top, CellRef { row: heading, column: head.column }))
        });
        let left = own(heading).map(|place| NewCell::from_sheet(self.sheet, place));
        page.line(left.chain(heads).collect());
        let (rows, tail) = self.rows();
        for row in rows {
            if is_blank(row.get(self.heads.name)) {
                page.copy(std::slice::from_ref(row));
                continue;
            }
            let left = own(row.index).map(|place| NewCell::from_sheet(self.sheet, place));
            page.line(left.chain(self.groups().map(|group| cell(row, group))).collect());
        }
        page.gap();
        page.copy(tail);
        table(page, Remark { place: self.place(), message })
    }

    /// A plan of several teams: a mark of one of them plans the month.
    fn plan(&self) -> Option<Relaid> {
        let bottoms = self.bottoms();
        let are_pair = matches!(bottoms[..], [one, other] if is_pair(one, other));
        let (rows, _) = self.rows();
        let is_mark = |value: &CellValue| {
            is_blank(Some(value)) || matches!(planned(Some(value)), Ok(Some(Mark::Yes | Mark::No) | None))
        };
        let cells = || rows.iter().flat_map(|row| self.months.iter().filter_map(|(_, head)| row.get(head.column)));
        if are_pair || !bottoms.iter().all(|bottom| is_marker(bottom)) || !cells().all(is_mark) {
            return None;
        }
        let marked = |row: &Row, group: &[(u32, &GroupColumn)]| {
            let is_yes = |column: u32| planned(row.get(column)) == Ok(Some(Mark::Yes));
            let column = group.iter().map(|(_, head)| head.column).find(|column| is_yes(*column));
            let from =
                CellRef { row: row.index, column: column.or(group.first().map(|(_, head)| head.column)).unwrap_or(0) };
            column.map_or(NewCell { value: None, from }, |_| NewCell::from_sheet(self.sheet, from))
        };
        let message = format!(
            "kolom {} di bawah setiap bulan dibaca bersama: satu tanda saja berarti direncanakan pada bulan itu",
            bottoms.join(", ")
        );
        Some(self.joined(&marked, message))
    }

    /// Reports with their day and somebody beside it; kinds of reports are asked about.
    fn reports(&self) -> Option<Relaid> {
        let is_known = |section: &Section| matches!(section.heading.layout, Layout::Receipts(_));
        if sections(self.sheet, &[]).iter().any(is_known) {
            return None;
        }
        let bottoms = self.bottoms();
        let is = |bottom: &str, known: &[&str]| known.contains(&key(bottom).as_str());
        let days: Vec<&&str> = bottoms.iter().filter(|bottom| is(bottom, &DAYS)).collect();
        let are_known = bottoms.iter().all(|bottom| is(bottom, &DAYS) || is(bottom, &BESIDE_DAYS));
        if let ([day], true) = (&days[..], are_known) {
            let of_day = |row: &Row, group: &[(u32, &GroupColumn)]| {
                let column = group.iter().find(|(_, head)| head.bottom == **day).map(|(_, head)| head.column);
                let column = column.or(group.first().map(|(_, head)| head.column)).unwrap_or(0);
                NewCell::from_sheet(self.sheet, CellRef { row: row.index, column })
            };
            let message = format!("di bawah setiap bulan hanya kolom {day} yang dibaca");
            return Some(self.joined(&of_day, message));
        }
        let is_kind = |bottom: &&str| is_marker(bottom) && receipt::in_words(bottom).is_none();
        let are_kinds = bottoms.len() > 1 && bottoms.iter().all(is_kind) && days.is_empty();
        are_kinds.then(|| Relaid::Asked(Remark { place: self.place(), message: ASK_REPORT_KINDS.to_owned() }))
    }

    /// Figures of one indicator in parts whose sum stands nowhere: asked about, the first of them is not the month's.
    fn figures(&self) -> Option<Relaid> {
        let bottoms = self.bottoms();
        let is_part = |bottom: &&str| is_marker(bottom) && sex(&key(bottom)).is_none() && !is_total(&key(bottom));
        let are_parts = bottoms.len() > 1 && bottoms.iter().all(is_part);
        are_parts.then(|| Relaid::Asked(Remark { place: self.place(), message: ASK_PARTED_FIGURES.to_owned() }))
    }

    /// Meetings of several sorts in a month: a row each.
    fn meetings(&self) -> Option<Relaid> {
        let sort = |bottom: &str| {
            let words = plain_words(bottom);
            let says = |known: &[&str]| known.contains(&words.as_str());
            match () {
                () if says(&MONTHLY) => Some("Bulanan"),
                () if says(&SECTORS) => Some("Tribulanan"),
                () => None,
            }
        };
        if !self.months.iter().all(|(_, head)| sort(&head.bottom).is_some()) {
            return None;
        }
        let mut page = NewSheet::new(self.sheet);
        page.copy(&self.sheet.rows[..self.heads.at]);
        let heads = ["Nama Jaringan/Jejaring", "Bulan", "Jenis Lokmin", "Hadir"];
        page.line(heads.map(|word| NewCell::text(word, self.place())).to_vec());
        let (rows, tail) = self.rows();
        for row in rows.iter().filter(|row| !is_blank(row.get(self.heads.name))) {
            for (_, head) in &self.months {
                let place = CellRef { row: row.index, column: head.column };
                if is_blank(row.get(head.column)) {
                    continue;
                }
                let name = NewCell::from_sheet(self.sheet, CellRef { row: row.index, column: self.heads.name });
                let words = [head.top.as_str(), sort(&head.bottom).unwrap_or_default()];
                let said = words.map(|word| NewCell::text(word, place));
                page.line([name].into_iter().chain(said).chain([NewCell::from_sheet(self.sheet, place)]).collect());
            }
        }
        page.gap();
        page.copy(tail);
        let message = format!(
            "kolom {} di bawah setiap bulan dibaca sebagai rapat yang berbeda, satu baris untuk setiap rapat",
            self.bottoms().join(", ")
        );
        Some(table(page, Remark { place: self.place(), message }))
    }
}
