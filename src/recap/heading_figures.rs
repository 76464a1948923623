//! Headings over figures: Sasaran, Capaian and %, L and P, months summed.

use std::sync::LazyLock;

use super::cells::date_words::month_number;
use super::heading_file::HEADINGS;
use super::heading_words::WordList;

static DENOMINATOR: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("sasaran"));
/// A denominator where no other is there.
static TARGET: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("target sasaran"));
static NUMERATOR: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("capaian"));
/// Headings of those who were served, beside or below Sasaran.
static SERVED: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("dilayani"));
static PERCENT: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("persen"));
static TOTAL: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("jumlah"));
static MALE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("laki-laki"));
static FEMALE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("perempuan"));
static FEMALE_OR_MALE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("perempuan atau pria"));
static BOTH_SEXES: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("laki-laki dan perempuan"));

/// Headings that count people.
struct PeopleWords {
    people: People,
    words: WordList,
}

/// People of whom a column counts how many there are.
static PEOPLE: LazyLock<Vec<PeopleWords>> = LazyLock::new(|| {
    let of = |people: People, group: &str| PeopleWords { people, words: HEADINGS.group(group) };
    vec![
        of(People::Pregnant, "ibu hamil"),
        of(People::Birthing, "ibu bersalin"),
        of(People::AfterBirth, "ibu nifas"),
        of(People::BirthingAndAfter, "ibu bersalin dan nifas"),
        of(People::Newborn, "neonatus"),
        of(People::Infant, "bayi"),
        of(People::Child, "balita"),
    ]
});

/// The figure that the lowest heading of a group names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Denominator,
    /// `Target`: a denominator where no other is there, unless it is one in percent.
    Target,
    /// `Bumil`, `Bayi`: a denominator where no other is there.
    People(People),
    Numerator,
    /// The month before: follows from its own recap.
    Before,
    /// Since January: follows from the months, where they are there.
    Cumulative,
    Percent,
}

/// Of whom a denominator or an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum People {
    /// Ibu hamil.
    Pregnant,
    /// Ibu bersalin.
    Birthing,
    /// Ibu nifas.
    AfterBirth,
    /// One figure for both of these.
    BirthingAndAfter,
    /// Neonatus.
    Newborn,
    /// Bayi.
    Infant,
    /// Balita.
    Child,
}

impl People {
    /// Reports whether a denominator of these serves an indicator of `other`.
    pub(super) fn serve(self, other: Self) -> bool {
        self == other
            || self == Self::BirthingAndAfter && matches!(other, Self::Birthing | Self::AfterBirth)
            || self == Self::Infant && other == Self::Newborn
    }
}

/// The people that a heading counts: `Bumil`, `Jumlah Bumil`, `Sasaran Bayi`.
pub(super) fn people(key: &str) -> Option<People> {
    let of = |key: &str| PEOPLE.iter().find(|held| held.words.has(key)).map(|held| held.people);
    let bare = ["jumlahsasaran", "jumlah", "jml", "sasaran"].iter().find_map(|word| key.strip_prefix(word));
    of(key).or_else(|| of(bare?))
}

/// Returns the figure that a heading names, in the wider words of tables that are known to hold some.
pub(super) fn figure_word(key: &str) -> Option<Leaf> {
    let target = || TARGET.has(key).then_some(Leaf::Target);
    let served = || SERVED.has(key).then_some(Leaf::Numerator);
    let of_people = || people(key).map(Leaf::People);
    leaf(key).or_else(|| in_time(key)).or_else(of_people).or_else(target).or_else(served).or_else(|| named_sasaran(key))
}

/// `Sasaran Hipertensi`: the denominator of whatever it names.
fn named_sasaran(key: &str) -> Option<Leaf> {
    const NO_FIGURES: [&str; 12] = [
        "pembinaan",
        "kunjungan",
        "supervisi",
        "kegiatan",
        "program",
        "kerja",
        "kinerja",
        "mutu",
        "strategis",
        "lokasi",
        "faskes",
        "jejaring",
    ];
    let named = key.strip_prefix("sasaran")?;
    let is_named = named.len() > 1 && !key.contains('%') && !NO_FIGURES.iter().any(|word| named.starts_with(word));
    is_named.then_some(Leaf::Denominator)
}

/// The month up to which a heading counts: `S/D MEI`, `Kum. s/d bulan Mei`.
pub(super) fn month_until(key: &str) -> Option<u32> {
    let words = ["kumulatif", "komulatif", "kum", "capaian"];
    let bare = words.iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
    let until = ["sampaidengan", "sampai", "sd"].iter().find_map(|word| bare.strip_prefix(word))?;
    month_number(["bulan", "bln"].iter().find_map(|word| until.strip_prefix(word)).unwrap_or(until))
}

/// `Bln lalu`, `Kum.`, `s/d bulan ini`, `s/d Mei`.
fn in_time(key: &str) -> Option<Leaf> {
    if key.contains('%') {
        return None;
    }
    let prefixes = ["capaian", "pencapaian", "realisasi", "hasil", "jumlah", "jml"];
    let bare = prefixes.iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
    let words = ["kumulatif", "komulatif", "kumulative", "akumulasi"];
    let rest = words.iter().chain(&["kum"]).find_map(|word| bare.strip_prefix(word));
    let until = ["sampaidengan", "sampai", "sd"].iter().find_map(|word| rest.unwrap_or(bare).strip_prefix(word));
    let until = until.map(|rest| ["bulan", "bln"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest));
    let is_until = until.is_some_and(|rest| ["ini", "lalu"].contains(&rest) || month_number(rest).is_some());
    let is_cumulative = is_until
        || words.iter().any(|word| bare.starts_with(word))
        || rest.is_some_and(|rest| ["", "bulanini", "blnini", "bulanlalu", "blnlalu"].contains(&rest));
    if ["bulanlalu", "blnlalu"].contains(&bare) || is_cumulative && bare.ends_with("lalu") {
        Some(Leaf::Before)
    } else {
        is_cumulative.then_some(Leaf::Cumulative)
    }
}

/// The bottom heading of a key.
pub(super) fn leaf(key: &str) -> Option<Leaf> {
    if DENOMINATOR.has(key) {
        Some(Leaf::Denominator)
    } else if NUMERATOR.has(key) {
        Some(Leaf::Numerator)
    } else if PERCENT.has(key) {
        Some(Leaf::Percent)
    } else {
        None
    }
}

/// Whose part of a figure a column holds. What `P` means, its neighbour says: `L/P` or `P/W`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sex {
    /// `L`: laki-laki.
    L,
    /// `P`: perempuan beside `L`, pria beside `W`.
    P,
    /// `W`: wanita.
    W,
    /// Both together.
    Both,
}

/// The sex of a key.
pub(super) fn sex(key: &str) -> Option<Sex> {
    let sexes = [(&MALE, Sex::L), (&FEMALE_OR_MALE, Sex::P), (&FEMALE, Sex::W), (&BOTH_SEXES, Sex::Both)];
    sexes.into_iter().find(|held| held.0.has(key)).map(|held| held.1)
}

/// First and last month that a key sums: `triwulani`, `jumlahtw2`, `semesteri`.
pub(super) fn months_summed(key: &str) -> Option<(u32, u32)> {
    let bare = ["jumlah", "total", "jml", "capaian"].iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
    let parts = [("triwulan", 3), ("tribulan", 3), ("trw", 3), ("tw", 3), ("caturwulan", 4), ("cawu", 4)];
    let halves = [("semester", 6), ("smt", 6)];
    let (number, length) =
        parts.iter().chain(&halves).find_map(|(word, length)| Some((bare.strip_prefix(word)?, *length)))?;
    let number = match number {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        "iv" | "4" => 4,
        _ => return None,
    };
    (number * length <= 12).then_some(((number - 1) * length + 1, number * length))
}

/// Reports whether a key heads a column of sums.
pub(super) fn is_total(key: &str) -> bool {
    TOTAL.has(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recap::heading::key;

    #[test]
    fn every_list_of_words_is_in_the_file() {
        let lists = [&DENOMINATOR, &TARGET, &NUMERATOR, &SERVED, &PERCENT, &TOTAL, &MALE, &FEMALE, &FEMALE_OR_MALE];
        for list in lists.into_iter().map(|list| &**list).chain(PEOPLE.iter().map(|held| &held.words)) {
            assert!(!list.first.is_empty());
        }
        assert!(BOTH_SEXES.has("lp"));
    }

    #[test]
    fn figures_in_time_and_of_people() {
        for (text, found) in [
            ("Bln lalu", Some(Leaf::Before)),
            ("Kum. s/d Bulan Lalu", Some(Leaf::Before)),
            ("Bln ini", Some(Leaf::Numerator)),
            ("Kum.", Some(Leaf::Cumulative)),
            ("s/d Bulan Ini", Some(Leaf::Cumulative)),
            ("S/D MEI", Some(Leaf::Cumulative)),
            ("Capaian Kumulatif", Some(Leaf::Cumulative)),
            ("% Kumulatif", None),
            ("SDIDTK", None),
            ("SD", None),
            ("Jml Bumil", Some(Leaf::People(People::Pregnant))),
            ("Penyebut", Some(Leaf::Denominator)),
            ("Target", Some(Leaf::Target)),
            ("Target (%)", None),
            ("Dilayani", Some(Leaf::Numerator)),
        ] {
            assert_eq!(figure_word(&key(text)), found, "{text}");
        }
    }

    #[test]
    fn months_summed_in_their_spellings() {
        for (text, months) in [
            ("TRIWULAN I", Some((1, 3))),
            ("TW 4", Some((10, 12))),
            ("Jumlah Tribulan II", Some((4, 6))),
            ("SEMESTER 2", Some((7, 12))),
            ("Caturwulan III", Some((9, 12))),
            ("TRIWULAN V", None),
            ("SEMESTER III", None),
            ("TWIN", None),
            ("Januari", None),
        ] {
            assert_eq!(months_summed(&key(text)), months, "{text}");
        }
    }
}
