//! Tables of words beside the figures: problems, decisions, clusters, coaching by the district's team.

use std::collections::BTreeSet;

use super::Reader;
use super::own;
use super::pkp;
use super::plans;
use super::row::{Need, RowReader, Whom};
use crate::diagnostic::IssueCode;
use crate::domain::Table;
use crate::domain::form::{FieldKind, FormField};
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, Field, ReadsWritten, Sourced};
use crate::domain::written_row::{WrittenField, WrittenRow, WrittenSource, WrittenValue};
use crate::recap::cells::{self, CellFault, quoted};
use crate::recap::heading::ColumnMeaning;
use crate::workbook::CellValue;

/// Reads the tables that people write, each by its description.
pub(super) struct WrittenTables<'a, 'r> {
    pub(super) reader: &'a mut Reader<'r>,
}

impl ReadsWritten for WrittenTables<'_, '_> {
    /// Reads a record a row; of rows with one key the first stays.
    fn rows<T: WrittenRow>(&mut self) -> Vec<Sourced<T>> {
        let mut rows: Vec<Sourced<T>> = Vec::new();
        let mut seen = BTreeSet::new();
        self.reader.each_row(&mut |row| {
            let Ok(record) = T::gather(&mut read_fields::<T>(row)) else { return };
            if T::DESCRIBED == Table::IntegrationScores {
                check_maximum(row, &record);
            }
            let key = (record.key_time().words(), record.key_text());
            if seen.contains(&key) {
                row.duplicate(T::REPEATED);
            }
            if !row.is_rejected() {
                seen.insert(key);
                rows.push(Sourced { record, cells: row.cells() });
            }
        });
        if T::DESCRIBED == Table::Pkp {
            pkp::compare(self.reader, &rows);
        }
        if T::DESCRIBED == Table::OwnAchievements {
            own::compare(self.reader, &rows);
        }
        rows
    }
}

/// The fields of one row; without a value what is missing or wrong.
struct ReadFields(Vec<(Field, Option<WrittenValue>)>);

/// Reason for which a row is no record: what it lacks was named where it was read.
struct Unread;

impl WrittenSource for ReadFields {
    type Error = Unread;

    fn take<T: WrittenField>(&mut self, field: Field) -> Result<T, Unread> {
        let place = self.0.iter().position(|(known, _)| *known == field).ok_or(Unread)?;
        self.0.swap_remove(place).1.and_then(T::from_value).ok_or(Unread)
    }
}

/// Reads every field, so that all that is wrong with a row is named at once.
fn read_fields<T: WrittenRow>(row: &mut RowReader<'_, '_>) -> ReadFields {
    let described = T::FIELDS.iter().filter_map(|field| T::form().fields.iter().find(|known| known.field == *field));
    ReadFields(described.map(|field| (field.field, read_field(row, field))).collect())
}

fn read_field(row: &mut RowReader<'_, '_>, field: &FormField) -> Option<WrittenValue> {
    let need = if field.is_needed { Need::Required } else { Need::Optional };
    let named = |whom| match whom {
        Whom::Facility(name) => WrittenValue::Text(name),
        Whom::All => WrittenValue::Blank,
    };
    let received = row.reader.table.received;
    match field.kind {
        FieldKind::Period => Some(WrittenValue::Period(received.period())),
        FieldKind::Year => Some(WrittenValue::Year(plans::year(row).unwrap_or(received.year()))),
        FieldKind::Month => own::month(row).map(WrittenValue::Period),
        FieldKind::FacilityOrAll => row.whom().map(named),
        FieldKind::Facility if field.is_needed => row.facility().map(WrittenValue::Text),
        FieldKind::Facility => facility_for(row).map(named),
        FieldKind::Puskesmas => known_puskesmas(row).map(WrittenValue::Text),
        FieldKind::Day => {
            let columns = day_columns(field.field);
            let column = columns.iter().copied().find(|column| row.place(*column).is_some()).unwrap_or(columns[0]);
            Some(row.date(column, field.field, need).map_or(WrittenValue::Blank, WrittenValue::Day))
        }
        FieldKind::Word(words) => {
            let text = named_column(row, field.field).and_then(|column| row.checked_text(column, field.field, need));
            let Some(text) = text else { return Some(WrittenValue::Blank) };
            known_word(row, field, words, &text)
        }
        FieldKind::Number if field.field == Field::Cost => {
            Some(plans::read_cost(row, field).map_or(WrittenValue::Blank, WrittenValue::Number))
        }
        FieldKind::Number | FieldKind::Percent => match number_column(field.field, row.reader.table.table) {
            Some(column) => {
                let number = pkp::read_number(row, field, column);
                Some(number.map_or(WrittenValue::Blank, WrittenValue::Number))
            }
            None => whole_number(row, field),
        },
        _ if row.reader.table.table == Table::Pkp && field.field == Field::Target => {
            Some(pkp::read_target(row).map_or(WrittenValue::Blank, WrittenValue::Text))
        }
        _ => {
            let text = named_column(row, field.field).and_then(|column| row.checked_text(column, field.field, need));
            Some(text.map_or(WrittenValue::Blank, WrittenValue::Text))
        }
    }
}

/// The word of the field that a text is, as the field writes it; a text that is none is wrong.
fn known_word(row: &mut RowReader<'_, '_>, field: &FormField, words: &[&str], text: &str) -> Option<WrittenValue> {
    let known = words.iter().find(|word| plain_words(word) == plain_words(text));
    if let (None, Some(place)) = (known, named_column(row, field.field).and_then(|column| row.place(column))) {
        let written = quoted(&CellValue::Text(text.into()));
        let why = format!("{written} bukan salah satu dari {}; tulis salah satunya", words.join(", "));
        row.wrong(place, field.label, &CellFault { code: IssueCode::UnknownValue, why });
    }
    known.map(|word| WrittenValue::Text((*word).to_owned()))
}

/// The whole number of a field; blank where none is written. A part of a number or less than none is wrong.
fn whole_number(row: &mut RowReader<'_, '_>, field: &FormField) -> Option<WrittenValue> {
    let column = if field.field == Field::Maximum { ColumnMeaning::Maximum } else { ColumnMeaning::Points };
    let Some(number) = row.number(column, field.field) else { return Some(WrittenValue::Blank) };
    let whole = if number.fract() == 0.0 { format!("{number:.0}").parse().ok() } else { None };
    if let (None, Some(place)) = (whole, row.place(column)) {
        let why = format!("{number} bukan bilangan bulat dari 0 ke atas; tulis nilainya tanpa koma dan tanpa minus");
        row.wrong(place, field.label, &CellFault { code: IssueCode::InvalidNumber, why });
    }
    whole.map(WrittenValue::Count)
}

/// Names points above the maximum beside them.
fn check_maximum<T: WrittenRow>(row: &mut RowReader<'_, '_>, record: &T) {
    let WrittenValue::Count(points) = record.value(Field::Points) else { return };
    let WrittenValue::Count(maximum) = record.value(Field::Maximum) else { return };
    if let Some(place) = row.place(ColumnMeaning::Points).filter(|_| points > maximum) {
        let why = format!("{points} melebihi nilai maksimal {maximum}; perbaiki salah satunya");
        row.wrong(place, "Nilai", &CellFault { code: IssueCode::ScoreAboveMaximum, why });
    }
}

/// The columns that may hold a day, the likelier first.
fn day_columns(field: Field) -> &'static [ColumnMeaning] {
    match field {
        Field::Due => &[ColumnMeaning::Due],
        Field::Done => &[ColumnMeaning::Done],
        Field::Sent => &[ColumnMeaning::Sent],
        Field::ReceivedOn => &[ColumnMeaning::ReceivedOn],
        Field::Answered => &[ColumnMeaning::Answered],
        Field::StepDay => &[ColumnMeaning::StepDay],
        Field::AgreementUntil => &[ColumnMeaning::AgreementUntil],
        _ => &[ColumnMeaning::Date, ColumnMeaning::Meeting],
    }
}

/// The column that holds a number.
fn number_column(field: Field, table: Table) -> Option<ColumnMeaning> {
    Some(match field {
        Field::Coverage if table == Table::OwnAchievements => ColumnMeaning::SheetFigure,
        Field::Coverage => ColumnMeaning::Coverage,
        Field::Denominator => ColumnMeaning::Population,
        Field::PlannedCount => ColumnMeaning::PlannedCount,
        Field::Numerator => ColumnMeaning::Reached,
        Field::Score => ColumnMeaning::Score,
        Field::Performance => ColumnMeaning::Performance,
        Field::Target => ColumnMeaning::OwnTarget,
        Field::Accumulated => ColumnMeaning::SinceJanuary,
        Field::Figure => ColumnMeaning::ReadyFigure,
        _ => return None,
    })
}

/// The column of the table at hand that holds the words of a field.
fn named_column(row: &RowReader<'_, '_>, field: Field) -> Option<ColumnMeaning> {
    text_columns(field).iter().copied().find(|column| row.place(*column).is_some())
}

/// The columns that may hold the words of a field; a table has one of them.
fn text_columns(field: Field) -> &'static [ColumnMeaning] {
    match field {
        Field::Name => &[ColumnMeaning::Name],
        Field::Form => &[ColumnMeaning::Form],
        Field::Person => &[ColumnMeaning::Person],
        Field::Aspect => &[ColumnMeaning::Aspect, ColumnMeaning::IntegrationAspect],
        Field::Finding => &[ColumnMeaning::Finding],
        Field::Item => &[ColumnMeaning::Item, ColumnMeaning::PkpPlan],
        Field::Reason => &[ColumnMeaning::Reason],
        Field::Village => &[ColumnMeaning::Village],
        Field::Problem => &[ColumnMeaning::Problem],
        Field::Cause => &[ColumnMeaning::Cause, ColumnMeaning::PkpCause],
        Field::Agreed => &[ColumnMeaning::Agreed, ColumnMeaning::PkpFollowUp],
        Field::Proof => &[ColumnMeaning::Proof],
        Field::Decision => &[ColumnMeaning::Decision],
        Field::Cluster => &[ColumnMeaning::Cluster],
        Field::Fact => &[ColumnMeaning::Fact],
        Field::Conclusion => &[ColumnMeaning::Conclusion],
        Field::ForPuskesmas => &[ColumnMeaning::ForPuskesmas],
        Field::ForDistrict => &[ColumnMeaning::ForDistrict],
        Field::Code => &[ColumnMeaning::PkpCode, ColumnMeaning::OwnCode],
        Field::Indicator => &[ColumnMeaning::PkpName, ColumnMeaning::OwnName],
        Field::Measure => &[ColumnMeaning::Measure],
        Field::Ring => &[ColumnMeaning::Ring],
        Field::Evaluation => &[ColumnMeaning::Evaluation],
        Field::IndicatorSet => &[ColumnMeaning::IndicatorSet],
        Field::Basis => &[ColumnMeaning::Basis],
        Field::InForce => &[ColumnMeaning::InForce],
        Field::Direction => &[ColumnMeaning::Direction],
        Field::Aggregation => &[ColumnMeaning::Aggregation],
        Field::LetterNumber => &[ColumnMeaning::LetterNumber],
        Field::ItemNumber => &[ColumnMeaning::ItemNumber],
        Field::Step => &[ColumnMeaning::Step, ColumnMeaning::AgreementStage, ColumnMeaning::NetworkStage],
        Field::AgreementNumber => &[ColumnMeaning::AgreementNumber],
        Field::Facilitated => &[ColumnMeaning::Facilitated],
        Field::Side => &[ColumnMeaning::Side],
        Field::Parameter => &[ColumnMeaning::Parameter],
        Field::Meeting => &[ColumnMeaning::MeetingKind],
        Field::PlanDocument => &[ColumnMeaning::PlanDocument],
        Field::Program => &[ColumnMeaning::Program],
        Field::Activity => &[ColumnMeaning::Activity],
        Field::Purpose => &[ColumnMeaning::Purpose],
        Field::TargetGroup => &[ColumnMeaning::TargetGroup],
        Field::PlannedCount => &[ColumnMeaning::TargetCount],
        Field::Volume => &[ColumnMeaning::Volume],
        Field::FundSource => &[ColumnMeaning::FundSource],
        Field::PlannedTime => &[ColumnMeaning::PlannedTime],
        Field::FiveYearItem => &[ColumnMeaning::FiveYearItem],
        Field::Verdict => &[ColumnMeaning::Verdict, ColumnMeaning::PkpVerdict],
        Field::Performance => &[ColumnMeaning::VerifiedFigure],
        _ => &[],
    }
}

/// The register's name of the facility that a decision is for; the Puskesmas as a whole where none or all are named.
fn facility_for(row: &mut RowReader<'_, '_>) -> Option<Whom> {
    let column = ColumnMeaning::For;
    let Some(place) = row.place(column) else { return Some(Whom::All) };
    match cells::text(row.value(column)) {
        Ok(Some(written)) if !cells::is_dash(&written) => {
            if row.reader.context.facility(&written).is_none() && row.reader.means_all(&written) {
                return Some(Whom::All);
            }
            row.known_facility(written, place).map(Whom::Facility)
        }
        Ok(_) => Some(Whom::All),
        Err(fault) => {
            row.wrong(place, "Faskes", &fault);
            None
        }
    }
}

/// Word of the column *Keterangan* with which a list says that a member's data are not here yet.
const NO_DATA_YET: &str = "belum";

/// The Puskesmas of a row, where it is here or the row says that its data are not here yet: a slip of the pen would be
/// a member of which nobody ever finds a figure.
fn known_puskesmas(row: &mut RowReader<'_, '_>) -> Option<String> {
    let place = row.place(ColumnMeaning::Puskesmas)?;
    let written = row.checked_text(ColumnMeaning::Puskesmas, Field::Name, Need::Required)?;
    let remark = cells::text(row.value(ColumnMeaning::Reason)).ok().flatten().unwrap_or_default();
    match row.reader.context.is_member(&written) {
        Some(true) => Some(written),
        _ if plain_words(&remark).starts_with(NO_DATA_YET) => Some(written),
        Some(false) => {
            let why = unknown_puskesmas(row, &written);
            row.wrong(place, "Puskesmas", &CellFault { code: IssueCode::UnknownPuskesmas, why });
            None
        }
        None => {
            let heading = CellRef { row: row.reader.table.heading.bottom, column: place.column };
            row.reader.reading_once(heading, NOBODY_KNOWN.to_owned());
            Some(written)
        }
    }
}

/// Told of a list that came before the data of any Puskesmas.
const NOBODY_KNOWN: &str = "Puskesmas: belum ada data Puskesmas di folder ini, jadi nama di kolom ini tidak dapat \
    dicocokkan dan diterima seperti tertulis; impor Daftar Identifikasinya, lalu impor lagi daftar ini dengan ejaan yang sama";

fn unknown_puskesmas(row: &RowReader<'_, '_>, written: &str) -> String {
    let nearest: Vec<String> =
        row.reader.context.nearest_puskesmas(written).iter().map(|name| format!("\"{name}\"")).collect();
    let spelling = if nearest.is_empty() {
        "periksa ejaannya".to_owned()
    } else {
        format!("mungkin maksudnya {}: perbaiki namanya", nearest.join(" atau "))
    };
    format!(
        "{} tidak ada di Simpul maupun di berkas lain impor ini, jadi tidak dijadikan anggota cluster; {spelling}, atau impor \
         dahulu Daftar Identifikasinya, atau tulis \"belum ada data\" di kolom Keterangan baris ini bila Puskesmas itu \
         memang anggota dan datanya menyusul",
        quoted(&CellValue::Text(written.into()))
    )
}
