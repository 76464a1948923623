//! The words of headings over figures: Sasaran, Capaian and %, L and P, months summed.

const DENOMINATOR_WORDS: &[&str] = &["sasaran", "jumlahsasaran", "jmlsasaran", "sasaran1tahun", "sasaransetahun", "s"];
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
];
const PERCENT_WORDS: &[&str] =
    &["%", "persen", "persentase", "prosentase", "%capaian", "capaian%", "cakupan%", "%cakupan", "cakupan"];
const TOTAL_WORDS: &[&str] = &["jumlah", "total", "jml", "ratarata", "rerata"];

/// What a heading at the bottom of a group says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Denominator,
    Numerator,
    Percent,
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

/// Whether a key heads a column of sums.
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
