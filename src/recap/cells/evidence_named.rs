//! Pieces of evidence that one cell names: `Daftar hadir, notulen, foto`, `DH ada, foto belum`. Knows one cell.

use super::is_dash;
use crate::domain::name::plain_words;

/// A piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::recap) enum NamedEvidence {
    AttendanceList,
    Minutes,
    Photos,
}

const NAMES: [(NamedEvidence, &[&str]); 3] = [
    (
        NamedEvidence::AttendanceList,
        &[
            "daftar hadir",
            "dh",
            "dft hadir",
            "absen",
            "absensi",
            "presensi",
            "daftar kehadiran",
            "daftar absen",
            "df hadir",
        ],
    ),
    (NamedEvidence::Minutes, &["notulen", "notulensi", "notula", "not", "notulensinya"]),
    (NamedEvidence::Photos, &["foto", "photo", "dokumentasi", "foto2", "dok", "gambar", "poto"]),
];
/// Words that deny a piece.
const DENIED: [&str; 9] = ["tidak", "tdk", "belum", "blm", "tanpa", "tak", "kurang", "nihil", "menyusul"];

/// The pieces that are there, as far as a cell says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::recap) struct NamedEvidenceSet {
    pub(in crate::recap) attendance_list: bool,
    pub(in crate::recap) minutes: bool,
    pub(in crate::recap) photos: bool,
}

/// The pieces that a text names, present or not.
pub(in crate::recap) fn pieces_in(text: &str) -> impl Iterator<Item = NamedEvidence> {
    let words = format!(" {} ", plain_words(text));
    NAMES
        .into_iter()
        .filter(move |(_, names)| names.iter().any(|name| words.contains(&format!(" {name} "))))
        .map(|(piece, _)| piece)
}

/// The pieces of a cell; none at all where it denies all of them; nothing where it names none.
pub(in crate::recap) fn read(text: &str) -> Option<NamedEvidenceSet> {
    let denies = |part: &str| plain_words(part).split(' ').any(|word| DENIED.contains(&word));
    let mut found = NamedEvidenceSet::default();
    let mut is_named = false;
    let joined = text.to_lowercase().replace(" dan ", ",").replace(" serta ", ",");
    for part in joined.split([',', ';', '+', '&', '/', '\n', '(', ')', '|']) {
        for piece in pieces_in(part) {
            is_named = true;
            let is_there = !denies(part);
            match piece {
                NamedEvidence::AttendanceList => found.attendance_list |= is_there,
                NamedEvidence::Minutes => found.minutes |= is_there,
                NamedEvidence::Photos => found.photos |= is_there,
            }
        }
    }
    let is_none = is_dash(text) || !is_named && denies(text);
    (is_named || is_none).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_one_cell() {
        let of =
            |text: &str| read(text).map(|found| [found.attendance_list, found.minutes, found.photos].map(u8::from));
        assert_eq!(of("Daftar hadir, notulen, foto"), Some([1, 1, 1]));
        assert_eq!(of("daftar hadir + foto"), Some([1, 0, 1]));
        assert_eq!(of("DH & Not"), Some([1, 1, 0]));
        assert_eq!(of("Foto"), Some([0, 0, 1]));
        assert_eq!(of("DH ada, notulen belum, foto"), Some([1, 0, 1]));
        assert_eq!((of("belum ada"), of("-")), (Some([0, 0, 0]), Some([0, 0, 0])));
        assert_eq!((of("lengkap"), of("ada"), of("surat tugas")), (None, None, None));
    }
}
