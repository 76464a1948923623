//! Headings that only plans have: who is in charge of a planned visit; and the titles of plans.

use std::sync::LazyLock;

use super::heading_file::HEADINGS;
use super::heading_words::{WordList, key};

/// Headings of the person in charge; of two such columns one of these goes before the other ones.
static IN_CHARGE: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("penanggung jawab jadwal"));
/// Headings of those who carry it out.
static WHO_GOES: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("pelaksana jadwal"));
/// Headings of the mark below a month beside its person.
static LEAVES: LazyLock<WordList> = LazyLock::new(|| HEADINGS.group("tanda bulan jadwal"));

/// Returns the rank of keys as the person of a plan: 0 is best; `None` where they name none.
pub(super) fn person_rank(keys: &[String]) -> Option<u8> {
    if IN_CHARGE.has_one(keys) {
        Some(0)
    } else if WHO_GOES.has_one(keys) {
        Some(1)
    } else {
        None
    }
}

/// Reports whether a heading names the person of a plan.
pub(super) fn is_person(key: &str) -> bool {
    IN_CHARGE.has(key) || WHO_GOES.has(key)
}

/// Reports whether the lower-case words above a table call it by another name of a yearly plan: `POA`, `RPK`, `TIME SCHEDULE`.
pub(super) fn calls_a_plan(words: &str) -> bool {
    const PLANS: [&str; 4] = ["poa", "rpk", "ruk", "plan"];
    const SPANS: [&str; 9] = [
        "time schedule",
        "schedule",
        "kalender",
        "agenda",
        "plan of action",
        "program kerja",
        "usulan",
        "matriks kegiatan",
        "persiapan",
    ];
    let has_word = |wanted: &&str| words.split([' ', '|']).any(|word| word == *wanted);
    PLANS.iter().any(has_word) || SPANS.iter().any(|plan| words.contains(plan))
}

/// Reports whether the lower-case words above a table say that it plans, and not that it tells what was done.
pub(super) fn titles_a_plan(words: &str) -> bool {
    let says = |wanted: &[&str]| wanted.iter().any(|one| words.contains(one));
    (says(&["jadwal", "rencana"]) || calls_a_plan(words))
        && !says(&["realisasi", "hasil", "rekap", "laporan", "tindak lanjut"])
}

/// Reports whether the lower-case words above a table say that it plans coaching: schedules of other things have days
/// and names too.
pub(super) fn titles_a_plan_of_coaching(words: &str) -> bool {
    const COACHING: [&str; 6] = ["pembinaan", "supervisi", "kunjungan", "monev", "bimtek", "bimbingan"];
    titles_a_plan(words) && COACHING.iter().any(|word| words.contains(word))
}

/// Reports whether what stands below a month beside its person marks the planned visit.
pub(super) fn is_plan_leaf(text: &str) -> bool {
    LEAVES.has(&key(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_words_is_in_the_file() {
        for list in [&IN_CHARGE, &WHO_GOES, &LEAVES] {
            assert!(!list.first.is_empty());
        }
    }
}
