//! The words of headings that only plans have: who is in charge of a planned visit, why it was changed; and the titles
//! of plans.

use super::heading_words::{ColumnMeaning, column_of, key};

/// Headings of the person in charge; of two such columns the first of these words goes before the other ones.
const IN_CHARGE: &[&str] = &[
    "penanggungjawab",
    "pj",
    "namapenanggungjawab",
    "penanggungjawabnama",
    "namapj",
    "pjnama",
    "pic",
    "penanggungjawabkegiatan",
    "penanggungjawabpembinaan",
    "penanggungjawabpelaksanaan",
    "penanggungjawabprogram",
    "penanggungjawabjejaring",
    "petugaspenanggungjawab",
    "pjkegiatan",
    "pjpembinaan",
    "pjjejaring",
];
/// Headings of those who carry it out.
const WHO_GOES: &[&str] = &[
    "petugas",
    "namapetugas",
    "petugasnama",
    "petugaspembina",
    "petugaspelaksana",
    "petugaspembinaan",
    "petugaspuskesmas",
    "pelaksana",
    "namapelaksana",
    "pelaksananama",
    "pelaksanakegiatan",
    "pelaksanapembinaan",
    "pembina",
    "namapembina",
    "timpembina",
];

/// Headings of the reason of a change.
pub(super) const REASON: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::Reason,
    &[
        "alasan",
        "alasanperubahan",
        "alasanperubahanjadwal",
        "alasanpindah",
        "alasanditunda",
        "alasanpenundaan",
        "sebab",
        "sebabperubahan",
        "penyebab",
        "penyebabperubahan",
        "ket",
        "keterangan",
        "ketalasan",
        "keteranganalasan",
        "keteranganperubahan",
    ],
);

/// Returns the rank of keys (best first) as the person of a plan: 0 is best; `None` where they name none.
pub(super) fn person_rank(keys: &[String]) -> Option<u8> {
    let is = |words: &'static [&'static str]| column_of(keys, &[(ColumnMeaning::Person, words)]).is_some();
    if is(IN_CHARGE) {
        Some(0)
    } else if is(WHO_GOES) {
        Some(1)
    } else {
        None
    }
}

/// Reports whether a heading names the person of a plan.
pub(super) fn is_person(key: &str) -> bool {
    IN_CHARGE.contains(&key) || WHO_GOES.contains(&key)
}

/// Reports whether the lower-case words above a table say that it plans, and not that it tells what was done.
pub(super) fn titles_a_plan(words: &str) -> bool {
    let says = |wanted: &[&str]| wanted.iter().any(|one| words.contains(one));
    says(&["jadwal", "rencana"]) && !says(&["realisasi", "hasil", "rekap", "laporan", "tindak lanjut"])
}

/// Reports whether the lower-case words above a table say that it plans coaching: schedules of other things have days
/// and names too.
pub(super) fn titles_a_plan_of_coaching(words: &str) -> bool {
    const COACHING: [&str; 6] = ["pembinaan", "supervisi", "kunjungan", "monev", "bimtek", "bimbingan"];
    titles_a_plan(words) && COACHING.iter().any(|word| words.contains(word))
}

/// Reports whether what stands below a month beside its person marks the planned visit.
pub(super) fn is_plan_leaf(text: &str) -> bool {
    const LEAVES: [&str; 11] = [
        "rencana",
        "jadwal",
        "tgl",
        "tanggal",
        "hari",
        "haritgl",
        "haritanggal",
        "waktu",
        "tanda",
        "minggu",
        "mingguke",
    ];
    LEAVES.contains(&key(text).as_str())
}
