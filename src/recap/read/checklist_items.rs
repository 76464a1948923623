//! Daftar Tilik: a row an item of a filled checklist, judged by its instrument. What is blank is not answered; what no
//! instrument knows is asked about.

use std::collections::BTreeSet;

use super::Reader;
use super::pieces::Pieces;
use super::row::{Need, RowReader};
use crate::diagnostic::IssueCode;
use crate::domain::format;
use crate::domain::instrument::{GivenAnswer, Instrument, InstrumentBook, InstrumentItem, ItemAnswer, is_same_points};
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, ChecklistItemRow, Field};
use crate::recap::cells::number::{Dot, read as read_number};
use crate::recap::cells::{CellFault, answer, is_blank};
use crate::recap::heading::ColumnMeaning;
use crate::recap::relaid::CellOrigins;

/// Reads the rows of a table *Daftar Tilik*.
pub(super) fn items(reader: &mut Reader<'_>, rows: &mut Pieces<'_, ChecklistItemRow>) {
    let are_flags = are_points_flags(reader);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let Some(record) = item(row, are_flags) else { return };
        let key = [&record.form, &record.instrument, &record.code].map(|text| plain_words(text)).join("|");
        let key = format!("{}|{}|{key}", record.facility, record.date);
        if seen.contains(&key) {
            row.duplicate("item daftar tilik yang sama pada kunjungan ini");
        }
        if !row.is_rejected() {
            seen.insert(key);
            rows.push(record, row.cells());
        }
    });
}

/// Reports whether no points of a filled sheet are above 1: such may be points, or a yes. A table with a column for
/// answers of its own means points.
fn are_points_flags(reader: &Reader<'_>) -> bool {
    if CellOrigins::from_sheet(reader.table.sheet).is_none() {
        return false;
    }
    let Some(column) = reader.table.heading.columns.get(&ColumnMeaning::ItemPoints) else { return false };
    let points = reader.cells_of(*column).filter_map(|value| read_number(Some(value), Dot::Decimal).ok().flatten());
    points
        .fold(None, |most: Option<f64>, number| Some(most.map_or(number.value, |most| most.max(number.value))))
        .is_some_and(|most| most <= 1.0)
}

fn item(row: &mut RowReader<'_, '_>, are_flags: bool) -> Option<ChecklistItemRow> {
    row.fill_down();
    let date = row.date_within(ColumnMeaning::Date, Field::Date, Need::Required);
    let facility = row.facility();
    let form = row.text(ColumnMeaning::Form, Field::Form).unwrap_or_default();
    let coach = row.text(ColumnMeaning::Person, Field::Person);
    let note = row.text(ColumnMeaning::Reason, Field::Attributes);
    let KnownItem { instrument, item } = known_item(row)?;
    let answer = answer_of(row, &item, are_flags);
    if row.is_rejected() {
        return None;
    }
    Some(ChecklistItemRow {
        facility: facility?,
        date: date?,
        form,
        instrument,
        code: item.code,
        text: item.text,
        aspect: item.aspect.label().to_owned(),
        is_critical: item.is_critical,
        answer,
        maximum: item.points,
        coach,
        note,
    })
}

/// An item with the code of its instrument.
struct KnownItem {
    instrument: String,
    item: InstrumentItem,
}

/// The item that a row is about; what cannot be found is named with what is nearest.
fn known_item(row: &mut RowReader<'_, '_>) -> Option<KnownItem> {
    let place = row.place(ColumnMeaning::Instrument)?;
    let written = row.checked_text(ColumnMeaning::Instrument, Field::Instrument, Need::Required)?;
    let context = row.reader.context;
    let Some(instrument) = context.instruments().find(&written) else {
        let why = unknown_instrument(context.instruments(), &written);
        row.wrong(place, Field::Instrument.label(), &CellFault { code: IssueCode::UnknownItem, why });
        return None;
    };
    let code = row.text(ColumnMeaning::ItemCode, Field::ItemCode);
    let words = row.text(ColumnMeaning::ItemText, Field::ItemText);
    let by_code = code.as_deref().and_then(|code| instrument.item_of_code(code));
    let by_words = words.as_deref().and_then(|words| instrument.item_of_text(words));
    let code_place = row.place(ColumnMeaning::ItemCode).unwrap_or(place);
    let words_place = row.place(ColumnMeaning::ItemText).filter(|_| words.is_some()).unwrap_or(code_place);
    let fault = |why| CellFault { code: IssueCode::UnknownItem, why };
    match (by_code, by_words) {
        (Some(item), Some(other)) if item.code != other.code => {
            let why = format!(
                "kode {} di daftar tilik {} adalah \"{}\", sedangkan kalimat ini item {}; betulkan kode atau kalimatnya",
                item.code, instrument.code, item.text, other.code
            );
            row.wrong(words_place, Field::ItemText.label(), &fault(why));
            None
        }
        (Some(_), None) if words.is_some() => {
            let why = unknown_item(instrument, words.as_deref().unwrap_or_default());
            row.wrong(words_place, Field::ItemText.label(), &fault(why));
            None
        }
        (Some(item), _) | (None, Some(item)) => {
            Some(KnownItem { instrument: instrument.code.clone(), item: item.clone() })
        }
        (None, None) => {
            let written = words.as_deref().or(code.as_deref());
            let Some(written) = written else {
                row.missing(code_place, Field::ItemCode.label(), "setiap baris memerlukan kode item");
                return None;
            };
            let why = unknown_item(instrument, written);
            row.wrong(words_place, Field::ItemText.label(), &fault(why));
            None
        }
    }
}

fn unknown_instrument(instruments: &InstrumentBook, written: &str) -> String {
    let known: Vec<&str> = instruments.all().iter().map(|known| known.code.as_str()).collect();
    let known = if known.is_empty() { "belum ada".to_owned() } else { known.join(", ") };
    format!(
        "daftar tilik \"{written}\" tidak dikenal; yang ada: {known}; betulkan namanya, atau tambahkan berkasnya di folder \
         instruments"
    )
}

fn unknown_item(instrument: &Instrument, written: &str) -> String {
    let nearest: Vec<String> =
        instrument.nearest(written).iter().map(|item| format!("{} \"{}\"", item.code, item.text)).collect();
    let hint = if nearest.is_empty() {
        "tulis kalimatnya seperti di daftar tilik itu".to_owned()
    } else {
        format!("mungkin maksudnya {}: tulis kalimatnya seperti itu", nearest.join(" atau "))
    };
    format!(
        "item \"{written}\" tidak ada di daftar tilik {}; {hint}, atau tambahkan ke berkas instruments/{}.toml",
        instrument.code, instrument.code
    )
}

/// The worth of a row's answer; none where it was left blank.
fn answer_of(row: &mut RowReader<'_, '_>, item: &InstrumentItem, are_flags: bool) -> Option<ItemAnswer> {
    check_maximum(row, item);
    let word_place = row.place(ColumnMeaning::Answer);
    let word = word_place.and_then(|place| {
        let reading = answer::read(row.value(ColumnMeaning::Answer));
        row.take(place, Field::Answer, Field::Answer.label(), reading)
    });
    let points_place = row.place(ColumnMeaning::ItemPoints);
    let points = points_place.and_then(|place| row.number_at(place, Field::Points, "Nilai item"));
    if let Some(place) = points_place.filter(|_| are_flags && item.points > 1.0 && points == Some(1.0)) {
        let why = format!(
            "1 dapat berarti terpenuhi, dapat berarti skor 1 dari {}; tulis Ya bila terpenuhi, atau skornya di kolom \
             yang juga memuat skor di atas 1",
            format::count(item.points)
        );
        row.wrong(place, "Nilai item", &CellFault { code: IssueCode::UnknownValue, why });
        return None;
    }
    let from_points = points.map(GivenAnswer::Points);
    let judged = |given: GivenAnswer| ItemAnswer::judged(given, item.points);
    if let (Some(word), Some(points), Some(place)) = (word, from_points, points_place)
        && judged(word) != judged(points)
    {
        let why = "jawaban dan nilainya berbeda; sisakan salah satu".to_owned();
        row.wrong(place, "Nilai item", &CellFault { code: IssueCode::UnknownValue, why });
        return None;
    }
    let given = word.or(from_points)?;
    let answer = judged(given);
    if let (None, Some(place)) = (answer, points_place) {
        let why = format!(
            "nilai {} di luar 0 sampai {}, skor item {} di daftar tiliknya; betulkan nilainya",
            points.map(|points| format::number(points, 2)).unwrap_or_default(),
            format::count(item.points),
            item.code
        );
        row.wrong(place, "Nilai item", &CellFault { code: IssueCode::ScoreAboveMaximum, why });
    }
    answer
}

/// Names a maximum on the sheet that is another than the instrument's.
fn check_maximum(row: &mut RowReader<'_, '_>, item: &InstrumentItem) {
    let Some(place) = row.place(ColumnMeaning::ItemMaximum) else { return };
    let value = row.value(ColumnMeaning::ItemMaximum);
    if is_blank(value) {
        return;
    }
    let label = "Nilai item maksimal";
    match read_number(value, Dot::Decimal) {
        Ok(Some(number)) if !is_same_points(number.value, item.points) => {
            let why = other_maximum(item, number.value);
            row.wrong(place, label, &CellFault { code: IssueCode::UnknownValue, why });
        }
        Ok(_) => {}
        Err(fault) => wrong_maximum(row, place, &fault),
    }
}

fn wrong_maximum(row: &mut RowReader<'_, '_>, place: CellRef, fault: &CellFault) {
    row.wrong(place, "Nilai item maksimal", fault);
}

fn other_maximum(item: &InstrumentItem, written: f64) -> String {
    format!(
        "skor maksimal item {} tertulis {}, di daftar tiliknya {}; samakan salah satunya",
        item.code,
        format::count(written),
        format::count(item.points)
    )
}
