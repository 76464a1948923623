//! Licences and agreements of a register: their numbers, and the last day on which they hold.

use crate::domain::Date;
use crate::domain::facility::LicencePaper;
use crate::domain::name::plain_words;
use crate::domain::records::Field;
use crate::recap::cells::month::read_or_year;
use crate::recap::cells::{self, quoted};
use crate::recap::heading::ColumnMeaning;
use crate::recap::read::row::RowReader;

/// The columns of a paper, and the label of its validity.
#[derive(Clone, Copy)]
pub(super) struct OfPaper {
    number: ColumnMeaning,
    until: ColumnMeaning,
    label: &'static str,
}

impl OfPaper {
    pub(super) const LICENCE: Self =
        Self { number: ColumnMeaning::LicenceNumber, until: ColumnMeaning::LicenceUntil, label: "Izin s.d." };
    pub(super) const AGREEMENT: Self =
        Self { number: ColumnMeaning::AgreementNumber, until: ColumnMeaning::AgreementUntil, label: "PKS s.d." };
}

/// A paper of a row; none where it says nothing of it.
pub(super) fn paper(row: &mut RowReader<'_, '_>, of: OfPaper) -> Option<LicencePaper> {
    let number = row.text(of.number, Field::Attributes);
    let is_endless = of.until == ColumnMeaning::LicenceUntil && is_without_day(row, of.until);
    let valid_until = if is_endless { None } else { last_day(row, of) };
    let paper = LicencePaper { number, valid_until };
    (paper != LicencePaper::default()).then_some(paper)
}

/// The last day of validity: a date, else the last one of a month or a year.
fn last_day(row: &mut RowReader<'_, '_>, of: OfPaper) -> Option<Date> {
    let place = row.place(of.until)?;
    let reading = row.dated(of.until, of.label, None);
    let value = row.value(of.until);
    let from_1904 = row.reader.table.counts_from_1904;
    let Err(fault) = reading else { return row.take(place, Field::Attributes, of.label, reading) };
    let Ok(Some(month)) = read_or_year(value, 12, from_1904) else {
        // The facility is registered all the same.
        let message = format!("{}: {}; faskesnya tetap dicatat, tanggal ini tidak", of.label, fault.why);
        row.reader.warn(place, fault.code, message);
        return None;
    };
    row.note(Field::Attributes, place);
    let day = month.last_day();
    let written = value.map(quoted).unwrap_or_default();
    let message = format!(
        "{}: {written} dibaca berlaku sampai {}; tulis tanggal berakhirnya bila lain",
        of.label,
        crate::domain::format::date(day)
    );
    row.reader.reading(place, message);
    Some(day)
}
/// Reports whether a last day of validity is words: `Seumur hidup` has no end, of others the end is not known.
fn is_without_day(row: &mut RowReader<'_, '_>, until: ColumnMeaning) -> bool {
    let Some(place) = row.place(until) else { return false };
    let Some(text) = row.cell(place.column).and_then(|value| value.text().map(str::to_owned)) else { return false };
    let words = plain_words(&text);
    let is_word = !words.is_empty() && !words.bytes().any(|byte| byte.is_ascii_digit()) && !text.starts_with('#')
        || words.ends_with(" tahun") && words.split(' ').count() == 2;
    if !is_word || cells::is_dash(&text) {
        return false;
    }
    let is_endless =
        ["seumur hidup", "selamanya", "selama berdiri", "tidak terbatas", "tak terbatas", "tidak ada batas"];
    if !is_endless.iter().any(|endless| words.contains(endless)) {
        row.unknown_value(place, "Masa berlaku", "tulis tanggal berakhirnya, misalnya 31-12-2027");
    }
    true
}
