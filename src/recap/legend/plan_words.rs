//! The words of legends that say of a plan's signs what became of a visit: `rencana`, `tidak terlaksana`, `batal`.

use crate::domain::name::plain_words;
use crate::recap::cells::trim;

/// The meaning of a sign in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recap) enum SignMeaning {
    /// A visit is planned.
    Planned,
    /// It was planned and carried out.
    Done,
    /// It was planned and not carried out; as the legend says it.
    Missed(String),
    /// None takes place; as the legend says it.
    Not(String),
}

/// Returns the meaning in a plan of the words of a legend.
pub(super) fn meaning(said: &str) -> Option<SignMeaning> {
    let words = plain_words(said);
    let says = |wanted: &[&str]| wanted.iter().any(|wanted| words.contains(wanted));
    let is_of_carrying_out = says(&["terlaksana", "dilaksanakan", "laksana", "realisasi", "terealisasi", "dikunjungi"]);
    if is_of_carrying_out && says(&["tidak", "tdk", "belum", "gagal"]) && !says(&["batal"]) {
        return Some(SignMeaning::Missed(trim(said).to_owned()));
    }
    if says(&["batal", "tidak", "tdk", "tunda", "libur", "kosong", "belum", "bukan"]) {
        return Some(SignMeaning::Not(trim(said).to_owned()));
    }
    if says(&["terlaksana", "realisasi", "dilaksanakan", "pelaksanaan", "selesai", "sudah"]) {
        return Some(SignMeaning::Done);
    }
    says(&["rencana", "jadwal", "direncanakan", "pembinaan", "kunjungan", "supervisi", "target"])
        .then_some(SignMeaning::Planned)
}
