//! One data row being read: cells by column, faults named, addresses kept.

use chrono::Datelike;

use super::labelled_field::LabelledField;
use super::often::{Often, Once};
use super::read_columns::ReadColumns;
use super::village_sums::{VillageRow, village_row};
use super::{Carried, Reader};
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field};
use crate::domain::{Date, Month, Table, VisitDate, format};
use crate::recap::cells::mark::{Mark, attended, evidence, yes_no};
use crate::recap::cells::number::{self, Dot, Number};
use crate::recap::cells::school_year::SchoolYear;
use crate::recap::cells::{self, CellFault, CellReading, is_blank, quoted};
use crate::recap::context::OfVillage;
use crate::recap::heading::ColumnMeaning;
use crate::recap::kinds::KindWords;
use crate::recap::legend::marks::MarkOf;
use crate::recap::{Chosen, WordSort};
use crate::workbook::{CellValue, Row};

/// The need for a value: a blank cell is a fault, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// A blank cell is `missing_value`.
    Required,
    /// A blank cell says nothing.
    Optional,
}

/// Fields of a row that most tables do not exceed: room that is made beforehand.
const FIELDS_USUAL: usize = 12;

/// Numbers with a lone dot.
const DOTTED: Often = Often {
    code: IssueCode::DoubtfulNumber,
    label: "",
    many: "angka dapat dibaca dua cara dan dibaca menurut kolomnya",
    remedy: "tulis tanpa titik ribuan agar pasti",
};

/// Whom a row is about that need not be about one facility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// This one, by the register's name.
    Facility(String),
    /// The Puskesmas as a whole.
    All,
}

/// A row and what was found in it so far.
pub(super) struct RowReader<'a, 'r> {
    pub(super) reader: &'a mut Reader<'r>,
    pub(super) row: &'r Row,
    /// The registered facility that the row's own name is of, where that was found out already.
    facility: Option<&'r str>,
    faults: u32,
    cells: Vec<(Field, CellRef)>,
    /// Values from above for columns where the row's own cell means that.
    filled: Vec<(ColumnMeaning, &'r CellValue)>,
}

impl<'a, 'r> RowReader<'a, 'r> {
    pub(super) fn new(reader: &'a mut Reader<'r>, row: &'r Row, facility: Option<&'r str>) -> Self {
        Self { reader, row, facility, faults: 0, cells: Vec::with_capacity(FIELDS_USUAL), filled: Vec::new() }
    }

    /// Reports whether something of the row was rejected.
    pub(super) fn is_rejected(&self) -> bool {
        self.faults > 0
    }

    /// Faults so far: to see whether a part of the row brought one.
    pub(super) fn faults(&self) -> u32 {
        self.faults
    }

    /// The cells of the fields read so far; the copy takes no more memory than they need.
    pub(super) fn cells(&self) -> Vec<(Field, CellRef)> {
        self.cells.clone()
    }

    /// Reports whether a field's cell was noted.
    pub(super) fn has_noted(&self, field: Field) -> bool {
        self.cells.iter().any(|(noted, _)| *noted == field)
    }

    /// Notes where a field stands.
    pub(super) fn note(&mut self, field: Field, place: CellRef) {
        self.cells.push((field, place));
    }

    /// The address in a sheet's column.
    pub(super) fn place_in(&self, column: u32) -> CellRef {
        CellRef { row: self.row.index, column }
    }

    /// The row's own cell in a column.
    pub(super) fn cell(&self, column: u32) -> Option<&'r CellValue> {
        self.row.get(column)
    }

    /// The address of a field's column, where the table has it.
    pub(super) fn place(&self, column: ColumnMeaning) -> Option<CellRef> {
        self.reader.places.get(column as usize).copied().flatten().map(|column| self.place_in(column))
    }

    /// The value in a sheet's column.
    pub(super) fn value_in(&self, column: u32) -> Option<&'r CellValue> {
        self.row.get(column)
    }

    /// Says what a column's cell means that is as above.
    pub(super) fn fill(&mut self, column: ColumnMeaning, value: &'r CellValue) {
        self.filled.push((column, value));
    }

    /// The value of a field's column; a cell as above has that one's, one merged downwards speaks for all its rows.
    pub(super) fn value(&self, column: ColumnMeaning) -> Option<&'r CellValue> {
        let filled = self.filled.iter().find(|(known, _)| *known == column);
        filled.map_or_else(|| self.seen(column), |(_, value)| Some(*value))
    }

    /// The same as the sheet shows it.
    pub(super) fn seen(&self, column: ColumnMeaning) -> Option<&'r CellValue> {
        let place = self.place(column)?;
        let own = self.row.get(place.column);
        let is_shared = matches!(
            column,
            ColumnMeaning::Name
                | ColumnMeaning::Date
                | ColumnMeaning::Meeting
                | ColumnMeaning::Form
                | ColumnMeaning::Person
                | ColumnMeaning::Reason
                | ColumnMeaning::LetterNumber
                | ColumnMeaning::Approver
                | ColumnMeaning::ReportMonth
                | ColumnMeaning::Year
                | ColumnMeaning::Sort
                | ColumnMeaning::Cluster
                | ColumnMeaning::Kind
                | ColumnMeaning::Group
                | ColumnMeaning::Village
                | ColumnMeaning::IndicatorName
        );
        if !is_shared || !is_blank(own) {
            return own;
        }
        let table = self.reader.table;
        if table.sheet.merges().is_empty() {
            return own;
        }
        let area = table.sheet.merge_at(place)?;
        let is_within = area.first.row > table.heading.bottom && area.first.column == place.column;
        is_within.then(|| table.sheet.get(area.first)).flatten()
    }

    /// Names a wrong cell.
    pub(super) fn wrong(&mut self, place: CellRef, label: &str, fault: &CellFault) {
        self.faults += 1;
        self.reader.error(place, fault.code, format!("{label}: {}", fault.why));
    }

    /// Counts the row as rejected for something that was said elsewhere.
    pub(super) fn refuse(&mut self) {
        self.faults += 1;
    }

    /// Names a needed cell that is blank.
    pub(super) fn missing(&mut self, place: CellRef, label: &str, why: &str) {
        let held = self.value_in(place.column).filter(|value| !cells::is_blank(Some(value)));
        let is_full = held.and_then(|value| value.text()).map_or(held.is_some(), |text| !cells::is_dash(text));
        let why = if is_full {
            format!("tidak ada kolomnya, padahal {why}; tambahkan kolom {label} lalu impor lagi")
        } else {
            format!("kosong padahal {why}; isi selnya lalu impor lagi")
        };
        self.wrong(place, label, &CellFault { code: IssueCode::MissingValue, why });
    }

    /// The register's name of the facility.
    pub(super) fn facility(&mut self) -> Option<String> {
        if let Some((written, place)) = &self.reader.table.facility {
            return self.known_facility(written.clone(), *place);
        }
        if self.reader.table.heading.has_titles {
            return self.facility_of_title();
        }
        let place = self.place(ColumnMeaning::Name)?;
        if let Some(name) = self.facility {
            self.note(Field::Name, place);
            let written = cells::text(self.value(ColumnMeaning::Name)).ok().flatten().unwrap_or_default();
            return self.in_its_village(name, &written, place);
        }
        let written = match cells::text(self.value(ColumnMeaning::Name)) {
            Ok(Some(written)) if !cells::is_dash(&written) => written,
            Ok(_) => {
                self.missing(place, "Nama", "setiap baris memerlukan nama jaringan/jejaring");
                return None;
            }
            Err(fault) => {
                self.wrong(place, "Nama", &fault);
                return None;
            }
        };
        self.known_facility(written, place)
    }

    /// The facility that the title above the row names.
    fn facility_of_title(&mut self) -> Option<String> {
        if let Carried::Name(written, place) = self.reader.carried.clone() {
            return self.known_facility(written, place);
        }
        let place = self.place(ColumnMeaning::Date).unwrap_or(self.place_in(0));
        let why = "tidak ada nama jaringan/jejaring di atas baris ini; tulis namanya di baris di atasnya, atau tambahkan kolom \
                   Nama Jaringan/Jejaring";
        self.wrong(place, "Nama", &CellFault { code: IssueCode::MissingValue, why: why.to_owned() });
        None
    }

    /// Text of a column that speaks for merged rows too; a dash, or marks for the same as above, are blank.
    pub(super) fn text_or_same(&self, column: ColumnMeaning) -> Option<String> {
        const SAME: [&str; 6] = ["idem", "sda", "s d a", "sama", "ditto", "id"];
        let written = cells::text(self.value(column)).ok().flatten().filter(|text| !cells::is_dash(text))?;
        let words = plain_words(&written);
        (!words.is_empty() && !SAME.contains(&words.as_str())).then_some(written)
    }

    /// The register's name of the facility for which a village stands.
    fn facility_of_village(&mut self, written: &str, place: CellRef) -> Option<String> {
        let table = self.reader.table;
        let of_title = || table.titles.iter().flatten().find_map(|(title, _)| KindWords::from_text(title).kind());
        let said = table.said_text(WordSort::Villages);
        let kind = said.or_else(|| of_title().filter(|_| table.table == Table::Visits));
        let found = match kind {
            None if table.table == Table::Visits => self.reader.context.coached_in_village(written),
            kind => self.reader.context.of_village(written, kind),
        };
        let candidates = match found {
            OfVillage::Only(name) => {
                self.note(Field::Name, place);
                self.reader.villages.insert(written.to_owned(), name.to_owned());
                return Some(name.to_owned());
            }
            OfVillage::Unclear(candidates) => candidates,
        };
        let named: Vec<String> = candidates.iter().map(|name| format!("\"{name}\"")).collect();
        let why = if named.is_empty() {
            format!(
                "tidak ada faskes di Daftar Identifikasi dengan Desa \"{written}\"; tulis nama faskesnya di kolom ini, atau isi kolom Desa di Daftar Identifikasi lalu impor daftar itu dulu"
            )
        } else {
            format!(
                "desa \"{written}\" tidak menunjuk tepat satu {}; di desa itu ada {}; tulis nama faskesnya di sini sebagai ganti nama desa",
                kind.unwrap_or(match table.table {
                    Table::Visits => "Pustu, Polindes, Poskesdes, Ponkesdes atau Posyandu",
                    _ => "Pustu, Polindes, Poskesdes atau Ponkesdes",
                }),
                named.join(", ")
            )
        };
        self.wrong(place, "Nama", &CellFault { code: IssueCode::UnknownFacility, why });
        self.reader.offer_villages(place);
        None
    }

    /// The register's name of a written one.
    pub(super) fn known_facility(&mut self, written: String, place: CellRef) -> Option<String> {
        let context = self.reader.context;
        if let Some(name) = context.facility(&written) {
            self.note(Field::Name, place);
            return self.in_its_village(name, &written, place);
        }
        let kind = self.kind_beside();
        let beside = kind.as_ref().map(|kind| kind.written.clone());
        if let Some(name) = self.reader.of_kind_above(&written).or_else(|| self.reader.of_kind(&written, kind)) {
            self.note(Field::Name, place);
            // Another village may have one of that kind and name.
            return self.in_its_village(name, name, place);
        }
        if let Some(name) = self.named_with_its_village(&written, beside.as_deref()) {
            self.note(Field::Name, place);
            return Some(name);
        }
        let columns = ReadColumns::from_heading(&self.reader.table.heading);
        if village_row(self.reader.table, context, &columns, self.row) == Some(VillageRow::Unclear) {
            let why = format!(
                "desa \"{written}\" diikuti baris faskesnya, tetapi angkanya bukan jumlah baris-baris itu, jadi tidak jelas milik siapa; betulkan angkanya, atau tulis nama faskesnya sebagai ganti nama desa"
            );
            self.reader.are_sums_unclear = true;
            self.wrong(place, "Nama", &CellFault { code: IssueCode::UnknownFacility, why });
            return None;
        }
        if self.reader.table.heading.has_villages {
            return self.facility_of_village(&written, place);
        }
        let may_be_village = context.of_village(&written, None) != OfVillage::Unclear(Vec::new());
        let nearest: Vec<String> =
            context.nearest_facilities(&written).iter().map(|name| format!("\"{name}\"")).collect();
        let hint = if context.names_several(&written) {
            "tulis satu baris untuk setiap jaringan/jejaring, dengan namanya menurut Daftar Identifikasi".to_owned()
        } else if names_a_room(&written) {
            "bila baris ini bukan pembinaan jaringan/jejaring (misalnya rapat di Puskesmas), hapus barisnya; bila ya, tulis \
             nama jaringan/jejaringnya"
                .to_owned()
        } else if nearest.is_empty() {
            "periksa penulisannya, atau tambahkan ke Daftar Identifikasi dulu".to_owned()
        } else {
            format!(
                "mungkin maksudnya {}; perbaiki namanya, atau tambahkan ke Daftar Identifikasi dulu",
                nearest.join(" atau ")
            )
        };
        let why = format!("{} tidak ada di Daftar Identifikasi; {hint}", quoted(&CellValue::Text(written.into())));
        self.wrong(place, "Nama", &CellFault { code: IssueCode::UnknownFacility, why });
        if may_be_village {
            self.reader.offer_villages(place);
        }
        None
    }

    /// The register's name of the facility, or that the Puskesmas as a whole is meant.
    pub(super) fn whom(&mut self) -> Option<Whom> {
        let place = self.place(ColumnMeaning::Name)?;
        if let Ok(Some(written)) = cells::text(self.value(ColumnMeaning::Name))
            && self.reader.context.facility(&written).is_none()
            && self.reader.means_all(&written)
        {
            self.note(Field::Name, place);
            return Some(Whom::All);
        }
        self.facility().map(Whom::Facility)
    }

    /// Reports whether name and day are those of the row above: a visit merged over the rows of what was agreed at it.
    pub(super) fn goes_on(&self) -> bool {
        let is_own = |column: ColumnMeaning| {
            let own = self.place(column).and_then(|place| self.row.get(place.column));
            !is_blank(own)
        };
        ![ColumnMeaning::Name, ColumnMeaning::Date, ColumnMeaning::Points].into_iter().any(is_own)
    }

    /// Names the later of two rows with one key.
    pub(super) fn duplicate(&mut self, what: &str) {
        let mut keys = ColumnMeaning::KEYS.iter().copied().chain([ColumnMeaning::ReportMonth, ColumnMeaning::Date]);
        let Some(place) = keys.find_map(|column| self.place(column)) else { return };
        let why =
            format!("{what} sudah ada di baris sebelumnya; baris pertama yang dipakai, hapus atau perbaiki baris ini");
        self.wrong(place, "Baris ganda", &CellFault { code: IssueCode::Duplicate, why });
    }

    /// Takes the value of a reading; its fault is named, its cell noted.
    pub(super) fn take<T>(&mut self, place: CellRef, field: Field, label: &str, reading: CellReading<T>) -> Option<T> {
        match reading {
            Ok(value) => {
                if value.is_some() {
                    self.note(field, place);
                }
                value
            }
            Err(fault) => {
                self.wrong(place, label, &fault);
                None
            }
        }
    }

    /// A date of a field's column.
    pub(super) fn date(&mut self, column: ColumnMeaning, field: Field, need: Need) -> Option<Date> {
        let place = self.place(column)?;
        let reading = self.dated(column, field.label(), None);
        self.needed(place, LabelledField::from_field(field), need, |_| reading)
    }

    /// A date of a field's column, of which the table's banner may say year and month.
    pub(super) fn date_within(&mut self, column: ColumnMeaning, field: Field, need: Need) -> Option<Date> {
        let place = self.place(column)?;
        let reading = self.dated(column, field.label(), Some(self.implied()));
        self.needed(place, LabelledField::from_field(field), need, |_| reading)
    }

    /// When a visit was, by its column of dates, else by that of months: a cell that names a month and no day is of that
    /// month, and so is a first day where the column has no other.
    pub(super) fn visit_date(&mut self, are_first_days: bool) -> Option<VisitDate> {
        let implied = self.implied();
        let dated = self.place(ColumnMeaning::Date);
        let value = self.value(ColumnMeaning::Date);
        let month = match value {
            Some(CellValue::Text(text)) => cells::month::alone(text, implied),
            Some(CellValue::Date(day)) if are_first_days => Some(Month::from_date(*day)),
            _ => None,
        };
        if let (Some(place), Some(month)) = (dated, month) {
            self.note(Field::Date, place);
            return Some(VisitDate::Month(month));
        }
        let is_undated = is_blank(value) || value.and_then(CellValue::text).is_some_and(cells::is_dash);
        let by_month = self.place(ColumnMeaning::ReportMonth).filter(|_| is_undated);
        let has_month = !is_blank(self.value(ColumnMeaning::ReportMonth));
        match by_month.filter(|_| dated.is_none() || has_month) {
            Some(place) => {
                let reading = self.month_of_visit();
                self.needed(place, LabelledField { field: Field::Date, label: "Bulan" }, Need::Required, |_| reading)
            }
            None => self.date_within(ColumnMeaning::Date, Field::Date, Need::Required).map(VisitDate::Day),
        }
    }

    /// A cell of the column of months; one that holds a day says the day.
    fn month_of_visit(&self) -> CellReading<VisitDate> {
        let table = self.reader.table;
        let (value, year, from_1904) = self.month_value(ColumnMeaning::ReportMonth);
        let month = match value {
            Some(CellValue::Text(text)) => cells::month::alone(text, self.reader.implied()),
            _ => None,
        };
        if let Some(month) = month {
            return Ok(Some(VisitDate::Month(month)));
        }
        match cells::date::read(value, from_1904) {
            // Excel keeps a month as its first day.
            Ok(Some(date)) if date.day() == 1 => Ok(Some(VisitDate::Month(Month::from_date(date)))),
            Ok(Some(date)) => Ok(Some(VisitDate::Day(date))),
            Err(fault) if table.is_year_undecided => Err(fault),
            _ => Ok(cells::month::read(value, year, from_1904)?.map(VisitDate::Month)),
        }
    }

    /// A value that may be needed.
    pub(super) fn needed<T>(
        &mut self,
        place: CellRef,
        LabelledField { field, label }: LabelledField<'_>,
        need: Need,
        read: impl FnOnce(&Self) -> CellReading<T>,
    ) -> Option<T> {
        let reading = read(self);
        if need == Need::Required && matches!(reading, Ok(None)) {
            self.missing(place, label, "baris ini memerlukannya");
            return None;
        }
        self.take(place, field, label, reading)
    }

    /// A month, read by `read` from the value and the year of the table.
    pub(super) fn month_value(&self, column: ColumnMeaning) -> (Option<&'r CellValue>, i32, bool) {
        let table = self.reader.table;
        let value = self.value(column);
        let year = table.received.year();
        let from_1904 = table.counts_from_1904;
        let of_school = |school: SchoolYear| {
            let month = cells::month::read(value, year, from_1904).ok().flatten();
            month.map_or(year, |month| school.year_of(month.month()))
        };
        (value, self.reader.school_year.map_or(year, of_school), from_1904)
    }

    /// The month that a row of months as rows is of, else that of the table; wrong months are named.
    pub(super) fn month_of_row(&mut self) -> Option<Month> {
        let table = self.reader.table;
        let Some(place) = self.place(ColumnMeaning::ReportMonth).filter(|_| table.heading.has_months_down()) else {
            return Some(table.received.rank_month());
        };
        let (value, year, from_1904) = self.month_value(ColumnMeaning::ReportMonth);
        let read = |_: &Self| cells::month::read(value, year, from_1904);
        self.needed(place, LabelledField { field: Field::Month, label: "Bulan" }, Need::Required, read)
    }

    /// Text of a field's column; a dash is blank.
    pub(super) fn text(&mut self, column: ColumnMeaning, field: Field) -> Option<String> {
        self.checked_text(column, field, Need::Optional)
    }

    /// Text that may be needed; a dash is blank.
    pub(super) fn checked_text(&mut self, column: ColumnMeaning, field: Field, need: Need) -> Option<String> {
        let place = self.place(column)?;
        self.needed(place, LabelledField::from_field(field), need, |row| {
            Ok(cells::text(row.value(column))?.filter(|text| !cells::is_dash(text)))
        })
    }

    /// A number of a field's column.
    pub(super) fn number(&mut self, column: ColumnMeaning, field: Field) -> Option<f64> {
        let place = self.place(column)?;
        self.number_at(place, field, field.label())
    }

    /// A number of a sheet's cell.
    pub(super) fn number_at(&mut self, place: CellRef, field: Field, label: &str) -> Option<f64> {
        self.number_by(place, LabelledField { field, label }, number::read)
    }

    /// A number read by `read`, which is told what a lone dot means in the column.
    pub(super) fn number_by(
        &mut self,
        place: CellRef,
        LabelledField { field, label }: LabelledField<'_>,
        read: fn(Option<&CellValue>, Dot) -> CellReading<Number>,
    ) -> Option<f64> {
        let value = self.row.get(place.column);
        let mut reading = read(value, Dot::Thousands);
        if matches!(reading, Ok(Some(Number { is_doubtful: true, .. }))) {
            let dot = self.reader.dot(place.column);
            reading = read(value, dot);
            if let (Ok(Some(number)), Some(value)) = (&reading, value) {
                let read = match dot {
                    Dot::Decimal => format!("{} (titik sebagai koma)", format::number(number.value, 3)),
                    Dot::Thousands => format!("{} (titik sebagai ribuan)", number.value),
                };
                let alone = format!(
                    "{label}: {} dapat dibaca dua cara; menurut kolomnya dibaca {read}; {}",
                    quoted(value),
                    DOTTED.remedy
                );
                let often = Often { label: field.label(), ..DOTTED };
                self.reader.warn_once(often, Once { place, alone, shown: format!("{} dibaca {read}", quoted(value)) });
            }
        }
        self.take(place, field, label, reading).map(|number| number.value)
    }

    /// A yes/no cell; a word that is neither is a warning and says nothing.
    pub(super) fn yes_no(&mut self, column: ColumnMeaning, field: Field) -> Option<bool> {
        let place = self.place(column)?;
        let value = self.value(column);
        let is_mark = matches!(
            column,
            ColumnMeaning::Attended
                | ColumnMeaning::Invited
                | ColumnMeaning::AttendanceList
                | ColumnMeaning::Minutes
                | ColumnMeaning::Photos
        );
        let subject = if matches!(column, ColumnMeaning::Attended | ColumnMeaning::Invited) {
            MarkOf::Attendance
        } else {
            MarkOf::Evidence
        };
        let explained = self.reader.legend.mark(value, subject).filter(|_| is_mark);
        let reading = match column {
            _ if explained.is_some() => Ok(explained),
            _ if is_mark && self.counts_any_mark() => cells::mark::any(value),
            // How many came: whole numbers are as good as a mark.
            ColumnMeaning::Attended if matches!(value, Some(CellValue::Number { .. })) => evidence(value),
            ColumnMeaning::Attended => attended(value),
            ColumnMeaning::Invited | ColumnMeaning::AttendanceList | ColumnMeaning::Minutes | ColumnMeaning::Photos => {
                evidence(value)
            }
            _ => yes_no(value),
        };
        match self.take(place, field, field.label(), reading)? {
            Mark::Yes => Some(true),
            Mark::No => Some(false),
            Mark::Unknown => {
                self.cells.pop();
                self.unknown_value(place, field.label(), "tulis Ada atau Tidak");
                None
            }
        }
    }

    /// Reports whether somebody said that any mark counts.
    pub(super) fn counts_any_mark(&self) -> bool {
        self.reader.table.chosen(WordSort::Marks) == Some(Chosen::AnyMark)
    }

    /// Warns of a word that its column does not know.
    pub(super) fn unknown_value(&mut self, place: CellRef, label: &str, remedy: &str) {
        let shown = self.row.get(place.column).map(quoted).unwrap_or_default();
        let message = format!("{label}: {shown} tidak dikenal, dianggap kosong; {remedy}");
        self.reader.warn(place, IssueCode::UnknownValue, message);
    }
}

/// Reports whether a text is a place where people meet and no facility: `Aula Puskesmas`, `Kantor Desa`.
fn names_a_room(written: &str) -> bool {
    const ROOMS: [&str; 12] = [
        "aula",
        "kantor",
        "balai",
        "gedung",
        "ruang",
        "hotel",
        "pendopo",
        "rumah makan",
        "zoom",
        "online",
        "daring",
        "gor",
    ];
    let words = plain_words(written);
    ROOMS.iter().any(|room| words.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}
