//! Rows of a register that are titles: they give group, kind or village to the rows below and are no facilities.

use std::collections::BTreeSet;

use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::domain::{FacilityGroup, Structure};
use crate::recap::FoundTable;
use crate::recap::cells::{is_blank, is_dash, value_text};
use crate::recap::heading::{ColumnMeaning, key};
use crate::recap::indicator_lists::titles_a_register;
use crate::recap::kinds::{KindWords, title_case};
use crate::recap::read::Reader;
use crate::recap::signatures::is_opening;
use crate::recap::sum_rows::is_sum;
use crate::recap::village_words::is_title;
use crate::workbook::{CellValue, Row};

/// The way in which a row is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowNumbering {
    None,
    /// A capital letter or Roman number.
    Upper,
    Lower,
    Number(u32),
}

impl RowNumbering {
    /// The mark of a cell; `None` where it is text of another sort.
    pub(super) fn from_value(value: Option<&CellValue>) -> Option<Self> {
        let value = value.filter(|value| !is_blank(Some(value)));
        let Some(value) = value else { return Some(Self::None) };
        let written = value_text(value);
        let mark = written.trim_matches(|c: char| !c.is_alphanumeric());
        if let Ok(number) = mark.parse() {
            return Some(Self::Number(number));
        }
        let is_roman = |c: char| "ivxIVX".contains(c);
        let is_letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_letter && (mark.is_empty() || mark.len() > 5 || !mark.chars().all(is_roman)) {
            return None;
        }
        Some(if mark.chars().all(char::is_uppercase) { Self::Upper } else { Self::Lower })
    }
}

/// A row that holds one text beside its mark.
pub(super) struct TitleRow {
    pub(super) mark: RowNumbering,
    pub(super) text: String,
    pub(super) place: CellRef,
}

impl TitleRow {
    /// A row with nothing but a mark and one text, in the column of numbers or names or merged over several.
    pub(super) fn from_table(table: &FoundTable<'_>, row: &Row, names: &[ColumnMeaning]) -> Option<Self> {
        let heading = &table.heading;
        if is_sum(row, heading) {
            return None;
        }
        let number = heading.columns.get(&ColumnMeaning::No).copied();
        let own = number.and_then(|column| row.get(column));
        let mark = RowNumbering::from_value(own);
        let filled = heading
            .cells(row)
            .iter()
            .filter(|cell| !is_blank(Some(&cell.value)) && !cell.value.text().is_some_and(is_dash));
        let read = heading.read_columns();
        let mut texts = Vec::new();
        for cell in filled {
            if Some(cell.column) == number && mark.is_some() {
                continue;
            }
            match &cell.value {
                CellValue::Text(text) => texts.push((cell.column, text)),
                _ if read.contains(&cell.column) => return None,
                _ => {}
            }
        }
        let [(column, text)] = texts[..] else { return None };
        let place = CellRef { row: row.index, column };
        let is_wide = table.sheet.merge_at(place).is_some_and(|area| area.last.column > area.first.column);
        let is_of_names = names.iter().any(|name| heading.columns.get(name) == Some(&column));
        if !is_wide && !is_of_names && Some(column) != number && read.contains(&column) {
            return None;
        }
        let (mark, text) = match mark.filter(|mark| *mark != RowNumbering::None) {
            Some(mark) => (mark, text.trim().to_owned()),
            None => split(text),
        };
        (!is_opening(&text)).then_some(Self { mark, text, place })
    }
}

/// `A. JARINGAN` → its mark and `JARINGAN`.
pub(super) fn split(text: &str) -> (RowNumbering, String) {
    let text = text.trim();
    let marked = text.split_once(['.', ')']).filter(|(mark, _)| !mark.contains(' '));
    let marked = marked
        .and_then(|(mark, rest)| Some((RowNumbering::from_value(Some(&CellValue::Text(mark.into())))?, rest.trim())));
    match marked {
        Some((mark, rest)) if mark != RowNumbering::None && !rest.is_empty() => (mark, rest.to_owned()),
        _ => (RowNumbering::None, text.to_owned()),
    }
}

/// The rows below a heading.
pub(super) fn body<'t>(table: &'t FoundTable<'_>) -> &'t [Row] {
    let rows = &table.sheet.rows;
    let start = rows.partition_point(|row| row.index <= table.heading.bottom);
    let end = rows.partition_point(|row| row.index <= table.last_row);
    &rows[start..end.max(start)]
}

/// Reports whether a row is among repeated headings, or of another table.
pub(super) fn is_repeated(table: &FoundTable<'_>, row: &Row) -> bool {
    table.repeated.iter().any(|(first, last)| (*first..=*last).contains(&row.index))
}

/// Reports whether the row below goes on counting: then a numbered row is one of a list and no title.
pub(super) fn is_counted_on(table: &FoundTable<'_>, below: &[Row], number: u32) -> bool {
    let Some(column) = table.heading.columns.get(&ColumnMeaning::No) else { return true };
    let next = below.iter().find(|row| !table.heading.cells(row).is_empty());
    next.is_none_or(|row| match RowNumbering::from_value(row.get(*column)) {
        Some(RowNumbering::Number(next)) => next == number + 1,
        Some(RowNumbering::None) => {
            is_sum(row, &table.heading) || TitleRow::from_table(table, row, &[ColumnMeaning::Name]).is_some()
        }
        Some(_) => false,
        None => true,
    })
}

/// The kind, group and village that title rows give to the rows below them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TitleSays {
    pub(super) kind: Option<String>,
    pub(super) group: Option<FacilityGroup>,
    pub(super) village: Option<String>,
    pub(super) structure: Option<Structure>,
}

/// The title rows of a register.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// From which row on what holds.
    given: Vec<(u32, TitleSays)>,
    /// Rows that are titles and no facilities.
    pub(super) rows: BTreeSet<u32>,
    /// Each title with its cell and what it was read as.
    pub(super) told: Vec<(CellRef, String)>,
}

impl Titles {
    pub(super) fn from_reader(reader: &Reader<'_>) -> Self {
        let table = reader.table;
        let mut titles = Self::default();
        let number = table.heading.columns.get(&ColumnMeaning::No).copied();
        let is_numbered = |row: &Row| {
            let mark = number.map(|column| RowNumbering::from_value(row.get(column)));
            matches!(mark, Some(Some(RowNumbering::Number(_)))) && row.cells.len() > 1
        };
        let rows = body(table);
        let has_numbers = rows.iter().any(|row| !is_repeated(table, row) && is_numbered(row));
        let mut given = TitleSays::default();
        for (place, row) in rows.iter().enumerate() {
            if is_repeated(table, row) {
                titles.repeat(table, row, &mut given);
                continue;
            }
            let Some(title) = TitleRow::from_table(table, row, &[ColumnMeaning::Name]) else { continue };
            let below = &rows[place + 1..];
            if let RowNumbering::Number(number) = title.mark
                && is_counted_on(table, below, number)
            {
                continue;
            }
            let said = KindWords::from_text(&title.text);
            if let Some(structure) = structure_of(&title.text) {
                titles.told.push((title.place, format!("{} = struktur {}", quote(&title.text), structure.label())));
                given = TitleSays { group: given.group, structure: Some(structure), ..TitleSays::default() };
            } else if said.is_known() {
                titles.take_known(&title, &said, &mut given);
            } else if let Some(village) = village_of(&title.text).filter(|_| title.mark != RowNumbering::Lower) {
                titles.told.push((title.place, format!("{} = desa {village}", quote(&title.text))));
                given.village = Some(village);
            } else if title.mark == RowNumbering::Upper
                && has_numbers
                && reader.context.facility(&title.text).is_none()
                && said.named_group().is_none_or(|_| said.unknown > 0)
            {
                titles.take_unknown(table, &title, below, &mut given);
            } else {
                continue;
            }
            titles.rows.insert(row.index);
            titles.given.push((row.index, given.clone()));
        }
        titles
    }

    /// Words for a kind or a group that are known.
    fn take_known(&mut self, title: &TitleRow, said: &KindWords, given: &mut TitleSays) {
        if let Some(group) = said.named_group() {
            *given = TitleSays { group: Some(group), structure: given.structure, ..TitleSays::default() };
        }
        let is_of_outposts = given.group == Some(FacilityGroup::Jaringan);
        let kind = match said.kind() {
            // Under jaringan a midwife is the village's.
            Some("Bidan Praktik Mandiri") if is_of_outposts => Some(title_case(&title.text)),
            Some(kind) => Some(kind.to_owned()),
            None if said.kinds.is_empty() => None,
            None => Some(title_case(&title.text)),
        };
        let meaning = match (&kind, said.named_group()) {
            (Some(kind), Some(group)) => format!("{}, jenis {kind}", group.label()),
            (Some(kind), None) => format!("jenis {kind}"),
            (None, Some(group)) => format!("kelompok {}", group.label()),
            (None, None) => String::new(),
        };
        if kind.is_some() {
            given.kind = kind;
        }
        self.told.push((title.place, format!("{} = {meaning}", quote(&title.text))));
    }

    /// Words that nobody knows become the kind as written, unless further titles stand right below.
    fn take_unknown(&mut self, table: &FoundTable<'_>, title: &TitleRow, below: &[Row], given: &mut TitleSays) {
        let next = below.iter().find(|row| !table.heading.cells(row).is_empty());
        let next = next.and_then(|row| TitleRow::from_table(table, row, &[ColumnMeaning::Name]));
        let is_above_others = next.is_some_and(|next| !matches!(next.mark, RowNumbering::Number(_)));
        let said = KindWords::from_text(&title.text);
        if is_above_others || said.named_group().is_some() {
            *given = TitleSays { group: said.named_group(), ..TitleSays::default() };
            let group =
                given.group.map_or_else(|| "bukan faskes".to_owned(), |group| format!("kelompok {}", group.label()));
            self.told.push((title.place, format!("{} = {group}", quote(&title.text))));
            return;
        }
        let kind = title_case(&title.text);
        self.told.push((title.place, format!("{} = jenis {kind}", quote(&title.text))));
        given.kind = Some(kind);
    }

    /// A heading that comes again, with a title of its own or a kind in its words.
    fn repeat(&mut self, table: &FoundTable<'_>, row: &Row, given: &mut TitleSays) {
        let name = table.heading.columns.get(&ColumnMeaning::Name).copied();
        let cell = name.and_then(|column| Some((column, row.get(column)?.text()?)));
        let of_head = cell.and_then(|(column, text)| Some((column, text, kind_of_head(text)?)));
        let texts: Vec<_> = table.heading.cells(row).iter().filter(|cell| !is_blank(Some(&cell.value))).collect();
        let of_title = match texts[..] {
            [cell] => cell.value.text().map(|text| (cell.column, text, KindWords::from_text(split(text).1.as_str()))),
            _ => None,
        };
        let mut kind = None;
        if let Some((column, text, said)) =
            of_title.filter(|(_, text, said)| said.is_known() || titles_a_register(text))
        {
            if let Some(group) = said.named_group() {
                *given = TitleSays { group: Some(group), ..TitleSays::default() };
                let place = CellRef { row: row.index, column };
                self.told.push((place, format!("{} = kelompok {}", quote(text), group.label())));
            }
            kind = said.kind().map(|kind| (column, text, kind));
        } else if let Some((column, text, of_head)) = of_head.filter(|_| given.kind.is_none()) {
            kind = Some((column, text, of_head));
        }
        if let Some((column, text, kind)) = kind {
            given.kind = Some(kind.to_owned());
            self.told.push((CellRef { row: row.index, column }, format!("{} = jenis {kind}", quote(text))));
        }
        self.given.push((row.index, given.clone()));
    }

    /// Returns what the titles give to a row, and the row from which on it holds.
    pub(super) fn given(&self, row: u32) -> Option<&(u32, TitleSays)> {
        let place = self.given.partition_point(|(from, _)| *from < row);
        place.checked_sub(1).map(|place| &self.given[place])
    }

    /// Reports whether any row gives a kind, a group, a village.
    pub(super) fn gives(&self, has: fn(&TitleSays) -> bool) -> bool {
        self.given.iter().any(|(_, given)| has(given))
    }
}

/// The kind in a heading: `Nama Klinik`.
pub(super) fn kind_of_head(text: &str) -> Option<&'static str> {
    key(text).starts_with("nama").then(|| KindWords::from_text(text)).filter(|said| said.unknown == 0)?.kind()
}

/// `DESA NGASEM` → `Ngasem`.
fn village_of(text: &str) -> Option<String> {
    let words = plain_words(text);
    let (title, name) = words.split_once(' ')?;
    (is_title(title) && name.split(' ').count() <= 3).then(|| title_case(name))
}

/// The structure that a title names: `STRUKTUR SEKOLAH`, `SISTEM RUJUKAN`; a school and a place of work alone are kinds.
fn structure_of(text: &str) -> Option<Structure> {
    let words = plain_words(text);
    let named = words.strip_prefix("struktur ");
    let bare = named.unwrap_or(&words);
    let bare = bare.strip_prefix("jejaring ").filter(|_| named.is_some()).unwrap_or(bare);
    let found = Structure::ALL.into_iter().find(|structure| plain_words(structure.label()) == bare)?;
    let is_kind = matches!(found, Structure::School | Structure::Workplace);
    (named.is_some() || !is_kind).then_some(found)
}

/// A text in quotation marks, short enough for a message.
pub(super) fn quote(text: &str) -> String {
    crate::recap::cells::quoted(&CellValue::Text(text.into()))
}
