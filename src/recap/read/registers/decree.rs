//! The decree: targets and weights of the nine indicators of coaching, by code or by name.

use std::collections::BTreeSet;

use super::programmes::skip_titles;
use super::target::{target, weight};
use super::titles::quote;
use crate::diagnostic::IssueCode;
use crate::domain::CoachingIndicator;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, DecreeRecord, Field, Sourced};
use crate::recap::cells::CellFault;
use crate::recap::heading::ColumnMeaning;
use crate::recap::read::Reader;
use crate::recap::read::row::{Need, RowReader};

/// Rows of the decree.
pub(in crate::recap::read) fn decree(reader: &mut Reader<'_>) -> Vec<Sourced<DecreeRecord>> {
    let mut rows = Vec::new();
    let mut seen: BTreeSet<CoachingIndicator> = BTreeSet::new();
    let mut by_name: Vec<(CellRef, String)> = Vec::new();
    skip_titles(reader);
    let has_codes = reader.table.heading.columns.contains_key(&ColumnMeaning::Code);
    reader.each_row(&mut |row| {
        let indicator = if has_codes { by_code(row) } else { by_words(row, &mut by_name) };
        let target = target(row, Need::Optional);
        let weight = weight(row, Need::Optional);
        let Some(indicator) = indicator else { return };
        if seen.contains(&indicator) {
            row.duplicate(if has_codes { "kode ini" } else { "indikator ini" });
        }
        if !row.is_rejected() {
            seen.insert(indicator);
            rows.push(Sourced { record: DecreeRecord { indicator, target, weight }, cells: row.cells() });
        }
    });
    if let Some((place, _)) = by_name.first() {
        let told: Vec<&str> = by_name.iter().map(|(_, told)| told.as_str()).collect();
        let message =
            format!("kode indikator dibaca dari namanya: {}; tambahkan kolom Kode bila lain", told.join(", "));
        reader.reading(*place, message);
    }
    rows
}

fn codes() -> String {
    let known: Vec<String> =
        CoachingIndicator::ALL.iter().map(|one| format!("{} ({})", one.code(), one.name())).collect();
    known.join(", ")
}

fn by_code(row: &mut RowReader<'_, '_>) -> Option<CoachingIndicator> {
    let place = row.place(ColumnMeaning::Code)?;
    let code = row.checked_text(ColumnMeaning::Code, Field::Name, Need::Required)?;
    let indicator = CoachingIndicator::from_code(&code);
    if indicator.is_none() {
        let known: Vec<&str> = CoachingIndicator::ALL.iter().map(|indicator| indicator.code()).collect();
        let why = format!("\"{code}\" bukan kode indikator kinerja pembinaan; yang dikenal {}", known.join(", "));
        row.wrong(place, "Kode", &CellFault { code: IssueCode::UnknownIndicator, why });
    }
    indicator
}

fn by_words(row: &mut RowReader<'_, '_>, told: &mut Vec<(CellRef, String)>) -> Option<CoachingIndicator> {
    let place = row.place(ColumnMeaning::IndicatorName)?;
    let name = row.checked_text(ColumnMeaning::IndicatorName, Field::Name, Need::Required)?;
    let indicator = indicator_named(&name);
    if let Some(indicator) = indicator {
        told.push((place, format!("{} = {}", quote(&name), indicator.code())));
    } else {
        let why = format!(
            "{} tidak jelas indikator kinerja pembinaan yang mana; tambahkan kolom Kode dan isi di setiap baris \
             salah satu dari {}",
            quote(&name),
            codes()
        );
        row.wrong(place, "Indikator", &CellFault { code: IssueCode::UnknownIndicator, why });
    }
    indicator
}

/// The one indicator of coaching that words name, or its code.
pub(in crate::recap) fn indicator_named(name: &str) -> Option<CoachingIndicator> {
    use CoachingIndicator::{Bkt, Cak, Dtk, Ind, Jdw, Klp, Lok, Rtl, Tpt};
    if let Some(indicator) = CoachingIndicator::from_code(name) {
        return Some(indicator);
    }
    let words = format!(" {} ", plain_words(name));
    let has = |word: &str| words.contains(word);
    let is_report = has(" laporan ") || has(" pelaporan ");
    let is_scheduled = has(" jadwal ");
    let is_coached = has(" dibina ") || has(" pembinaan ");
    let is_checklist = has(" daftar tilik ") || has(" checklist ") || has(" ceklis ");
    let is_proof = has(" bukti ") || has(" kelengkapan dokumen");
    let is_follow_up = has(" tindak lanjut ") || has(" rtl ");
    let is_lokmin = has(" lokakarya ") || has(" lokmin ") || has(" minilokakarya ") || has(" minlok ");
    let is_service = has(" capaian ") && (has(" indikator ") || has(" layanan ") || has(" program "));
    let is_of_other = is_scheduled || is_checklist || is_proof || is_follow_up || is_lokmin || is_service || is_report;
    let found = [
        (Cak, has(" cakupan ") && is_coached || has(" dibina ") && !is_of_other),
        (Jdw, is_scheduled),
        (Dtk, is_checklist),
        (Bkt, is_proof),
        (Rtl, is_follow_up),
        (Lok, is_lokmin),
        (Klp, is_report && (has(" kelengkapan ") || has(" lengkap "))),
        (Tpt, is_report && (has(" ketepatan ") || has(" tepat "))),
        (Ind, is_service),
    ];
    let mut named = found.into_iter().filter(|(_, is_named)| *is_named).map(|(indicator, _)| indicator);
    named.next().filter(|_| named.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_decrees_are_told_apart() {
        for (name, code) in [
            ("Persentase jaringan dan jejaring yang dibina sesuai jadwal", "JDW"),
            ("Kepatuhan jadwal pembinaan", "JDW"),
            ("Cakupan pembinaan jaringan dan jejaring", "CAK"),
            ("Persentase jejaring yang dibina", "CAK"),
            ("Kepatuhan penggunaan daftar tilik saat pembinaan", "DTK"),
            ("Kelengkapan bukti pembinaan (daftar hadir, notulen, foto)", "BKT"),
            ("Tindak lanjut hasil pembinaan (RTL) yang diselesaikan tepat waktu", "RTL"),
            ("Kehadiran jejaring dalam lokakarya mini", "LOK"),
            ("Kelengkapan laporan jaringan dan jejaring", "KLP"),
            ("Ketepatan waktu laporan (paling lambat tgl 5)", "TPT"),
            ("Capaian indikator layanan", "IND"),
            ("KLP", "KLP"),
        ] {
            assert_eq!(indicator_named(name).map(CoachingIndicator::code), Some(code), "{name}");
        }
        for name in [
            "Kelengkapan dan ketepatan laporan",
            "Cakupan pembinaan sesuai jadwal",
            "Jumlah kunjungan",
            "Cakupan K6",
            "",
        ] {
            assert_eq!(indicator_named(name), None, "{name}");
        }
        for indicator in CoachingIndicator::ALL {
            assert_eq!(indicator_named(indicator.name()), Some(indicator));
        }
    }
}
