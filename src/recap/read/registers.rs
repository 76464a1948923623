//! Daftar Identifikasi, Indikator Layanan and the decree: they make names and codes known, so nothing is
//! looked up here.

use std::collections::BTreeSet;

use super::Reader;
use super::row::{Need, RowReader};
use crate::diagnostic::IssueCode;
use crate::domain::facility::Paper;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::{DecreeRecord, FacilityRow, Field, Sourced};
use crate::domain::{Aggregation, CoachingIndicator, Direction, FacilityGroup, Month, ServiceDefinition, Structure};
use crate::recap::cells::Fault;
use crate::recap::cells::month::read_or_year;
use crate::recap::cells::number::{Scale, is_bare, percent_of, read, read_percent};
use crate::recap::heading::Column;

/// Rows of Daftar Identifikasi.
pub(super) fn facilities(reader: &mut Reader<'_>) -> Vec<Sourced<FacilityRow>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let record = facility(row);
        let key = record.as_ref().map(|record| name_key(&record.name));
        if key.as_ref().is_some_and(|key| seen.contains(key)) {
            row.duplicate("nama ini");
        }
        if let (Some(record), Some(key), false) = (record, key, row.is_rejected()) {
            seen.insert(key);
            rows.push(Sourced { record, cells: row.cells() });
        }
    });
    rows
}

fn facility(row: &mut RowReader<'_, '_>) -> Option<FacilityRow> {
    let name = row.checked_text(Column::Name, Field::Name, Need::Required);
    let kind = row.text(Column::Kind, Field::Attributes);
    let group = group(row);
    let structures = structures(row);
    let address = row.text(Column::Address, Field::Attributes);
    let village = row.text(Column::Village, Field::Attributes);
    let person_in_charge = row.text(Column::Person, Field::Attributes);
    let owes_reports = row.yes_no(Column::OwesReports, Field::Attributes);
    let active_from = month(row, Column::ActiveFrom, 1);
    let active_until = month(row, Column::ActiveUntil, 12);
    let agreement = paper(row, Column::AgreementNumber, Column::AgreementUntil);
    let licence = paper(row, Column::LicenceNumber, Column::LicenceUntil);
    Some(FacilityRow {
        name: name?,
        kind,
        group,
        structures,
        address,
        village,
        person_in_charge,
        owes_reports,
        active_from,
        active_until,
        agreement,
        licence,
    })
}

fn group(row: &mut RowReader<'_, '_>) -> Option<FacilityGroup> {
    let place = row.place(Column::Group)?;
    let text = row.text(Column::Group, Field::Attributes)?;
    let words = plain_words(&text);
    let group = FacilityGroup::ALL.into_iter().find(|group| plain_words(group.label()) == words);
    if group.is_none() {
        row.unknown_value(place, "Kelompok", "tulis Jaringan atau Jejaring");
    }
    group
}

fn structures(row: &mut RowReader<'_, '_>) -> Vec<Structure> {
    let mut structures = Vec::new();
    let Some(place) = row.place(Column::Structure) else { return structures };
    let Some(text) = row.text(Column::Structure, Field::Attributes) else { return structures };
    let words = format!(" {} ", plain_words(&text));
    for structure in Structure::ALL {
        if words.contains(&format!(" {} ", plain_words(structure.label()))) {
            structures.push(structure);
        }
    }
    // "Wilayah" and "Rujukan" are what people write for short.
    for (short, structure) in [("wilayah", Structure::AdministrativeArea), ("rujukan", Structure::ReferralSystem)] {
        if words.contains(&format!(" {short} ")) && !structures.contains(&structure) {
            structures.push(structure);
        }
    }
    if structures.is_empty() {
        let remedy = "tulis Wilayah Administratif, Sekolah, Tempat Kerja, Sistem Rujukan atau Lintas Sektor";
        row.unknown_value(place, "Struktur", remedy);
    }
    structures
}

fn month(row: &mut RowReader<'_, '_>, column: Column, month_of_year: u32) -> Option<Month> {
    let place = row.place(column)?;
    let (value, _, from_1904) = row.month_value(column);
    let label = if column == Column::ActiveFrom { "Aktif Sejak" } else { "Aktif s.d." };
    row.take(place, Field::Attributes, label, read_or_year(value, month_of_year, from_1904))
}

fn paper(row: &mut RowReader<'_, '_>, number: Column, until: Column) -> Option<Paper> {
    let paper = Paper {
        number: row.text(number, Field::Attributes),
        valid_until: row.date(until, Field::Attributes, Need::Optional),
    };
    (paper != Paper::default()).then_some(paper)
}

/// Rows of Indikator Layanan.
pub(super) fn services(reader: &mut Reader<'_>) -> Vec<Sourced<ServiceDefinition>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let record = service(row);
        let key = record.as_ref().map(|record| plain_words(&record.code));
        if key.as_ref().is_some_and(|key| seen.contains(key)) {
            row.duplicate("kode ini");
        }
        if let (Some(record), Some(key), false) = (record, key, row.is_rejected()) {
            seen.insert(key);
            rows.push(Sourced { record, cells: row.cells() });
        }
    });
    rows
}

fn service(row: &mut RowReader<'_, '_>) -> Option<ServiceDefinition> {
    let code = row.checked_text(Column::Code, Field::Name, Need::Required);
    let name = row.checked_text(Column::IndicatorName, Field::Attributes, Need::Required);
    let target = target(row, Need::Required);
    // Without a column of weights all weigh the same.
    let weight = if row.place(Column::Weight).is_some() { weight(row, Need::Required) } else { Some(1.0) };
    let direction = word(
        row,
        Column::Direction,
        ("Arah", "tulis Naik atau Turun"),
        &[("naik", Direction::HigherIsBetter), ("turun", Direction::LowerIsBetter)],
    );
    let aggregation = word(
        row,
        Column::Aggregation,
        ("Agregasi", "tulis Jumlah, Kumulatif atau Terakhir"),
        &[("jumlah", Aggregation::Sum), ("kumulatif", Aggregation::Cumulative), ("terakhir", Aggregation::Last)],
    );
    Some(ServiceDefinition {
        code: code?,
        name: name?,
        target: target?,
        weight: weight?,
        direction: direction?,
        aggregation: aggregation?,
    })
}

fn target(row: &mut RowReader<'_, '_>, need: Need) -> Option<f64> {
    let place = row.place(Column::Target)?;
    let before = row.faults();
    let target = row.number_by(place, (Field::Attributes, "Target"), read_percent);
    if target.is_none() && need == Need::Required && row.faults() == before {
        row.missing(place, "Target", "indikator memerlukan target dalam persen");
    }
    let Some(small) = target.filter(|target| *target > 0.0 && *target <= 1.0) else { return target };
    if row.cell(place.column).is_some_and(is_bare) && row.reader.scale(place.column) == Scale::Fractions {
        let percent = percent_of(small);
        let message = format!(
            "Target: {} dibaca {} %, karena angka tanpa tanda % di kolom ini tidak ada yang lebih dari 1; tulis {}% \
             agar pasti",
            plain_number(small),
            plain_number(percent),
            plain_number(percent),
        );
        row.reader.warn(place, IssueCode::DoubtfulNumber, message);
        return Some(percent);
    }
    if small < 1.0 {
        let message = "Target: kurang dari 1 %; kolom ini dalam persen, tulis misalnya 95 dan bukan 0,95".to_owned();
        row.reader.warn(place, IssueCode::DoubtfulNumber, message);
    }
    target
}

/// A number with all its digits and a decimal comma.
fn plain_number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

fn weight(row: &mut RowReader<'_, '_>, need: Need) -> Option<f64> {
    let place = row.place(Column::Weight)?;
    let before = row.faults();
    let weight = row.number_by(place, (Field::Attributes, "Bobot"), read);
    if weight.is_none() && need == Need::Required && row.faults() == before {
        row.missing(place, "Bobot", "indikator memerlukan bobot; 0 bila tidak dihitung");
    }
    weight
}

/// One of the words that a column knows; the first stands for a column that is not there.
fn word<T: Copy>(
    row: &mut RowReader<'_, '_>,
    column: Column,
    (label, remedy): (&str, &str),
    words: &[(&str, T)],
) -> Option<T> {
    let Some(place) = row.place(column) else { return words.first().map(|(_, value)| *value) };
    let before = row.faults();
    let text = row.checked_text(column, Field::Attributes, Need::Required);
    let Some(text) = text else {
        debug_assert!(row.faults() > before, "a needed text is there or named");
        return None;
    };
    let plain = plain_words(&text);
    let known = words.iter().find(|(word, _)| plain.split(' ').any(|written| written == *word));
    if known.is_none() {
        let why = format!("\"{text}\" tidak dikenal; {remedy}");
        row.wrong(place, label, &Fault { code: IssueCode::UnknownValue, why });
    }
    known.map(|(_, value)| *value)
}

/// Rows of the decree.
pub(super) fn decree(reader: &mut Reader<'_>) -> Vec<Sourced<DecreeRecord>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<CoachingIndicator> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let indicator = coaching_indicator(row);
        let target = target(row, Need::Optional);
        let weight = weight(row, Need::Optional);
        let Some(indicator) = indicator else { return };
        if seen.contains(&indicator) {
            row.duplicate("kode ini");
        }
        if !row.is_rejected() {
            seen.insert(indicator);
            rows.push(Sourced { record: DecreeRecord { indicator, target, weight }, cells: row.cells() });
        }
    });
    rows
}

fn coaching_indicator(row: &mut RowReader<'_, '_>) -> Option<CoachingIndicator> {
    let place = row.place(Column::Code)?;
    let code = row.checked_text(Column::Code, Field::Name, Need::Required)?;
    let indicator = CoachingIndicator::from_code(&code);
    if indicator.is_none() {
        let known: Vec<&str> = CoachingIndicator::ALL.iter().map(|indicator| indicator.code()).collect();
        let why = format!("\"{code}\" bukan kode indikator kinerja pembinaan; yang dikenal {}", known.join(", "));
        row.wrong(place, "Kode", &Fault { code: IssueCode::UnknownIndicator, why });
    }
    indicator
}
