//! Words with which the name of a facility begins, in titles and names of sheets. Knows no register.

use crate::domain::name::plain_words;

/// Words with which the name of a facility begins.
const FACILITY_WORDS: [&str; 39] = [
    "klinik",
    "apotek",
    "apotik",
    "pustu",
    "puskesmas pembantu",
    "pusling",
    "puskesmas keliling",
    "bpm",
    "pmb",
    "tpmb",
    "bps",
    "praktik",
    "praktek",
    "dr",
    "drg",
    "dokter",
    "bidan",
    "polindes",
    "poskesdes",
    "ponkesdes",
    "poskeskel",
    "posyandu",
    "posbindu",
    "lab",
    "laboratorium",
    "rs",
    "rsu",
    "rsia",
    "rsud",
    "rumah sakit",
    "optik",
    "toko obat",
    "sd",
    "sdn",
    "smp",
    "smpn",
    "sma",
    "smk",
    "pos ukk",
];

pub(super) fn is_facility(text: &str) -> bool {
    let words = plain_words(text);
    FACILITY_WORDS.iter().any(|word| words.strip_prefix(*word).is_some_and(|rest| rest.starts_with(' ')))
}
