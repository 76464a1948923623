//! The words of headings over figures: Sasaran, Capaian and %, L and P, months summed.

use super::cells::date_words::month_number;

const DENOMINATOR_WORDS: &[&str] = &[
    "sasaran",
    "jumlahsasaran",
    "jmlsasaran",
    "sasaran1tahun",
    "sasaransetahun",
    "sasarantahun",
    "sasaranth",
    "sasaranthn",
    "sasaran1thn",
    "sasaran1th",
    "s",
    "totalsasaran",
    "sasarantahunan",
    "pembagi",
    "penyebut",
    "denominator",
];
const NUMERATOR_WORDS: &[&str] = &[
    "capaian",
    "pencapaian",
    "hasilcapaian",
    "jumlahcapaian",
    "realisasi",
    "hasil",
    "absolut",
    "c",
    "capaianbulanini",
    "pencapaianbulanini",
    "realisasibulanini",
    "hasilbulanini",
    "capaianblnini",
    "bulanini",
    "blnini",
    "pembilang",
    "numerator",
    "abs",
];
/// People of whom a column counts how many there are.
const PEOPLE_WORDS: &[(&str, People)] = &[
    ("bumil", People::Pregnant),
    ("ibuhamil", People::Pregnant),
    ("bulin", People::Birthing),
    ("ibubersalin", People::Birthing),
    ("bufas", People::AfterBirth),
    ("ibunifas", People::AfterBirth),
    ("bulinbufas", People::BirthingAndAfter),
    ("bufasbulin", People::BirthingAndAfter),
    ("neonatus", People::Newborn),
    ("bbl", People::Newborn),
    ("bayibarulahir", People::Newborn),
    ("bayi", People::Infant),
    ("balita", People::Child),
];
const PERCENT_WORDS: &[&str] =
    &["%", "persen", "persentase", "prosentase", "%capaian", "capaian%", "cakupan%", "%cakupan", "cakupan"];
const TOTAL_WORDS: &[&str] = &["jumlah", "total", "jml", "ratarata", "rerata"];

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
    let of = |key: &str| PEOPLE_WORDS.iter().find(|(word, _)| *word == key).map(|(_, people)| *people);
    let bare = ["jumlahsasaran", "jumlah", "jml", "sasaran"].iter().find_map(|word| key.strip_prefix(word));
    of(key).or_else(|| of(bare?))
}

/// Headings of those who were served, beside or below Sasaran.
const SERVED_WORDS: [&str; 10] = [
    "dilayani",
    "terlayani",
    "yangdilayani",
    "ygdilayani",
    "jumlahdilayani",
    "jmldilayani",
    "dilayanisesuaistandar",
    "mendapatpelayanan",
    "mendapatpelayanansesuaistandar",
    "dilayanisesuaistandard",
];

/// Returns the figure that a heading names, in the wider words of tables that are known to hold some.
pub(super) fn figure_word(key: &str) -> Option<Leaf> {
    let target = || ["target", "targetsasaran", "jumlahtarget"].contains(&key).then_some(Leaf::Target);
    let served = || SERVED_WORDS.contains(&key).then_some(Leaf::Numerator);
    leaf(key).or_else(|| in_time(key)).or_else(|| people(key).map(Leaf::People)).or_else(target).or_else(served)
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
    if DENOMINATOR_WORDS.contains(&key) {
        Some(Leaf::Denominator)
    } else if NUMERATOR_WORDS.contains(&key) {
        Some(Leaf::Numerator)
    } else if PERCENT_WORDS.contains(&key) {
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
    match key {
        "l" | "lk" | "lakilaki" | "laki" | "pria" => Some(Sex::L),
        "p" => Some(Sex::P),
        "pr" | "perempuan" | "w" | "wanita" => Some(Sex::W),
        "lp" | "pl" | "pw" | "wp" | "jumlah" | "total" | "jml" | "tot" | "jmh" => Some(Sex::Both),
        _ => None,
    }
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
    TOTAL_WORDS.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recap::heading::key;

    #[test]
    fn every_word_is_a_key() {
        for word in DENOMINATOR_WORDS.iter().chain(NUMERATOR_WORDS).chain(PERCENT_WORDS) {
            assert_eq!(leaf(&key(word)), leaf(word));
        }
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
