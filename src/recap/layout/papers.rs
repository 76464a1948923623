//! Numbers and validities of papers in headings: the word of the group above a sub-heading decides of which paper it is,
//! else its own words, else those of the column at its left. A sub-heading below an unknown group is not guessed.

use std::collections::BTreeMap;

use super::head_column::HeadColumn;
use crate::domain::name::plain_words;
use crate::recap::heading::ColumnMeaning;

/// Of what a number or a validity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PaperColumns {
    Licence,
    Agreement,
    /// The facility's own being active.
    Activity,
}

/// The part of its paper that a heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PaperPart {
    Number,
    Start,
    Until,
}

const LICENCE: [&str; 17] = [
    "izin",
    "ijin",
    "perizinan",
    "perijinan",
    "sip",
    "sipa",
    "sipb",
    "sipp",
    "sipd",
    "sik",
    "sia",
    "sio",
    "sib",
    "str",
    "sikb",
    "lisensi",
    "operasional",
];
/// Names of licences that alone head the column of their numbers.
const LICENCES_BY_NAME: [&str; 10] = ["sip", "sipa", "sipb", "sipp", "sipd", "sik", "sia", "sio", "sib", "sikb"];
const AGREEMENT: [&str; 8] = ["pks", "mou", "moa", "perjanjian", "kerjasama", "kesepakatan", "kemitraan", "kontrak"];
/// Papers of which no table has a column: what stands below them is never a day or a number of the table itself.
const OTHER_PAPERS: [&str; 8] = ["surat", "spt", "sppd", "undangan", "sertifikat", "akreditasi", "sk", "kwitansi"];

fn words_of(text: &str) -> Vec<String> {
    let plain = format!(" {} ", plain_words(text)).replace(" kerja sama ", " kerjasama ").replace(" s d ", " sd ");
    plain.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn has(words: &[String], known: &[&str]) -> bool {
    words.iter().any(|word| known.contains(&word.as_str()))
}

fn paper_of(words: &[String]) -> Option<PaperColumns> {
    if has(words, &AGREEMENT) {
        Some(PaperColumns::Agreement)
    } else if has(words, &LICENCE) {
        Some(PaperColumns::Licence)
    } else {
        has(words, &["aktif"]).then_some(PaperColumns::Activity)
    }
}

fn part_of(words: &[String]) -> Option<PaperPart> {
    let starts = has(words, &["mulai", "awal", "sejak", "terbit", "tmt", "penerbitan", "penetapan"]);
    let ends = ["berakhir", "akhir", "berakhirnya", "habis", "sd", "sampai", "hingga", "kadaluarsa", "kedaluwarsa"];
    let ends = has(words, &ends);
    let is_day = has(words, &["tgl", "tanggal"]);
    match (starts, ends) {
        (true, true) => None,
        (true, false) => Some(PaperPart::Start),
        (false, true) => Some(PaperPart::Until),
        (false, false) if has(words, &["berlaku", "berlakunya"]) => (!is_day).then_some(PaperPart::Until),
        (false, false) if has(words, &["no", "nomor", "nmr"]) => Some(PaperPart::Number),
        (false, false) => is_day.then_some(PaperPart::Start),
    }
}

fn column_for(paper: PaperColumns, part: PaperPart) -> Option<ColumnMeaning> {
    match (paper, part) {
        (PaperColumns::Licence, PaperPart::Number) => Some(ColumnMeaning::LicenceNumber),
        (PaperColumns::Licence, PaperPart::Until) => Some(ColumnMeaning::LicenceUntil),
        (PaperColumns::Agreement, PaperPart::Number) => Some(ColumnMeaning::AgreementNumber),
        (PaperColumns::Agreement, PaperPart::Until) => Some(ColumnMeaning::AgreementUntil),
        (PaperColumns::Activity, PaperPart::Start) => Some(ColumnMeaning::ActiveFrom),
        (PaperColumns::Activity, PaperPart::Until) => Some(ColumnMeaning::ActiveUntil),
        (PaperColumns::Licence | PaperColumns::Agreement, PaperPart::Start)
        | (PaperColumns::Activity, PaperPart::Number) => None,
    }
}

/// A heading's words and those of the groups above it, the nearest first.
struct Worded {
    own: Vec<String>,
    groups: Vec<Vec<String>>,
}

impl Worded {
    fn from_column(column: &HeadColumn) -> Option<Self> {
        let (bottom, groups) = column.levels.split_last()?;
        let groups = groups.iter().rev().map(|level| words_of(&level.text)).collect();
        Some(Self { own: words_of(&bottom.text), groups })
    }

    fn paper(&self) -> Option<PaperColumns> {
        paper_of(&self.own).or_else(|| self.groups.iter().find_map(|group| paper_of(group)))
    }

    /// Reports whether nothing but the part of a paper is said: `Nomor`, `Berlaku s/d`.
    fn is_bare_part(&self) -> bool {
        const FILLERS: [&str; 24] = [
            "no",
            "nomor",
            "nmr",
            "tgl",
            "tanggal",
            "masa",
            "berlaku",
            "berlakunya",
            "mulai",
            "awal",
            "akhir",
            "berakhir",
            "berakhirnya",
            "sd",
            "sampai",
            "dengan",
            "hingga",
            "habis",
            "sejak",
            "terbit",
            "tmt",
            "kadaluarsa",
            "kedaluwarsa",
            "bulan",
        ];
        !self.own.is_empty() && self.own.iter().all(|word| FILLERS.contains(&word.as_str()))
    }
}

/// Reports whether a heading is of a licence or an agreement.
pub(super) fn names_a_paper(text: &str) -> bool {
    matches!(paper_of(&words_of(text)), Some(PaperColumns::Licence | PaperColumns::Agreement))
}

/// Reports whether a heading names a part of a paper and not which one: what stands above it is its group.
pub(super) fn is_bare_part(text: &str) -> bool {
    let bare = Worded { own: words_of(text), groups: Vec::new() };
    bare.is_bare_part() && matches!(part_of(&bare.own), Some(PaperPart::Until | PaperPart::Number))
}

/// Reports whether a column holds a number or a day of a paper, so that it is none of the table itself: `Surat Tugas` over
/// `Nomor` and `Tanggal`.
pub(super) fn is_of_paper(column: &HeadColumn) -> bool {
    // Without a group above it a heading is of the table itself.
    if column.levels.len() < 2 {
        return false;
    }
    let Some(worded) = Worded::from_column(column) else { return false };
    let is_paper = |group: &Vec<String>| {
        matches!(paper_of(group), Some(PaperColumns::Licence | PaperColumns::Agreement)) || has(group, &OTHER_PAPERS)
    };
    worded.is_bare_part() && worded.groups.iter().any(is_paper)
}

/// Settles the columns of a register that tell of papers, by their groups.
pub(super) fn settle_papers(head: &[HeadColumn], columns: &mut BTreeMap<ColumnMeaning, u32>) {
    let mut found: Vec<(ColumnMeaning, u32)> = Vec::new();
    let mut left: Option<(u32, Option<PaperColumns>)> = None;
    for column in head {
        let Some(worded) = Worded::from_column(column) else { continue };
        let beside = left.filter(|(at, _)| at + 1 == column.column).and_then(|(_, paper)| paper);
        let known = columns.iter().find(|(_, at)| **at == column.column).map(|(known, _)| *known);
        let paper = worded.paper();
        let part = part_of(&worded.own);
        let is_bare = worded.is_bare_part();
        // Under a group that nobody knows, or alone, it may be of anything.
        let is_lone_end = worded.groups.is_empty() && is_bare && part == Some(PaperPart::Until);
        let of_paper = match paper {
            None if is_lone_end => beside,
            paper => paper,
        };
        left = Some((column.column, of_paper.or(beside.filter(|_| is_bare && paper.is_none()))));
        let is_by_name =
            || worded.groups.is_empty() && worded.own.iter().all(|word| LICENCES_BY_NAME.contains(&word.as_str()));
        match (of_paper, part) {
            (Some(paper), Some(part)) => {
                release(columns, column.column);
                found.extend(column_for(paper, part).map(|known| (known, column.column)));
            }
            (Some(PaperColumns::Licence), None) if known.is_none() && is_by_name() => {
                found.push((ColumnMeaning::LicenceNumber, column.column));
            }
            (None, Some(_)) if is_bare && !worded.groups.is_empty() => release(columns, column.column),
            (None, Some(PaperPart::Until)) if is_lone_end && known == Some(ColumnMeaning::ActiveUntil) => {
                release(columns, column.column);
            }
            _ => {}
        }
    }
    for (known, place) in found {
        columns.entry(known).or_insert(place);
    }
}

fn release(columns: &mut BTreeMap<ColumnMeaning, u32>, place: u32) {
    columns.retain(|_, held| *held != place);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_paper_and_part() {
        for (text, paper, part) in [
            ("Perjanjian Kerja Sama", Some(PaperColumns::Agreement), None),
            ("Tgl Berakhir MoU", Some(PaperColumns::Agreement), Some(PaperPart::Until)),
            ("Tgl MoU", Some(PaperColumns::Agreement), Some(PaperPart::Start)),
            ("Berlaku s/d", None, Some(PaperPart::Until)),
            ("Masa Berlaku SIP", Some(PaperColumns::Licence), Some(PaperPart::Until)),
            ("Tanggal Berlaku", None, None),
            ("Aktif Sejak", Some(PaperColumns::Activity), Some(PaperPart::Start)),
            ("Nomor", None, Some(PaperPart::Number)),
            ("Status PKS", Some(PaperColumns::Agreement), None),
            ("Alamat", None, None),
        ] {
            let words = words_of(text);
            assert_eq!((paper_of(&words), part_of(&words)), (paper, part), "{text}");
        }
    }
}
