//! Titles of activities that are no coaching, with the same facilities and the same marks: posyandu days, classes,
//! duty rosters, counts of cases. They are asked about instead of read. Knows words only.

use super::banner::Banner;
use super::layout::Heading;
use super::school_year::year_question;
use crate::domain::Table;
use crate::domain::name::plain_words;

/// Words of coaching or of its network, with which a title is of it whatever else it names.
const COACHING: [&str; 17] = [
    "pembinaan",
    "dibina",
    "supervisi",
    "monev",
    "monitoring",
    "bimtek",
    "bimbingan",
    "visitasi",
    "binwil",
    "pendamping",
    "jejaring",
    "jaringan",
    "faskes",
    "fasyankes",
    "fasilitas pelayanan",
    "tpcb",
    "tindak lanjut",
];
/// Meetings whose attendance counts.
const MEETINGS: [&str; 6] = ["lokmin", "lokakarya", "minlok", "minilok", "lintas sektor", "linsek"];
/// Words of reports that came in.
const RECEIPTS: [&str; 9] = [
    "penerimaan",
    "diterima",
    "kelengkapan",
    "ketepatan",
    "keterlambatan",
    "pengiriman",
    "pengumpulan",
    "laporan bulanan",
    "rekap laporan",
];
/// Activities beside coaching.
const ACTIVITIES: [&str; 30] = [
    "posyandu",
    "posbindu",
    "kelas ibu",
    "kelas balita",
    "imunisasi",
    "vaksin",
    "senam",
    "piket",
    "kader",
    "pegawai",
    "karyawan",
    "pasien",
    "prolanis",
    "penyuluhan",
    "pusling",
    "puskesmas keliling",
    "hari buka",
    "apel pagi",
    "rapat",
    "balita",
    "lansia",
    "remaja",
    "fogging",
    "jumantik",
    "ukgs",
    "skrining",
    "screening",
    "arisan",
    "cuti",
    "lembur",
];
/// Things that reports count.
const CASES: [&str; 14] = [
    "kematian",
    "kasus",
    "penyakit",
    "penemuan",
    "terduga",
    "kelahiran",
    "rujukan",
    "pasien",
    "kejadian",
    "insiden",
    "stok",
    "pemakaian obat",
    "keuangan",
    "kunjungan sakit",
];
/// Visits of patients, and to them.
const OF_PATIENTS: [&str; 10] = [
    "perjalanan dinas",
    "kunjungan pasien",
    "kunjungan rumah",
    "kunjungan balita",
    "kunjungan bayi",
    "kunjungan ibu",
    "kunjungan neonat",
    "kunjungan nifas",
    "kunjungan sakit",
    "kunjungan rawat",
];

/// Lists that say who was asked to come, and days by which something is due: nothing took place yet.
const TO_COME: [&str; 6] = ["undangan", "rencana", "jadwal", "batas waktu", "batas akhir", "tenggat"];
/// Visits that did not take place.
const NOT_DONE: [&str; 7] = [
    "belum dilaksanakan",
    "belum terlaksana",
    "tidak terlaksana",
    "tidak dilaksanakan",
    "pembatalan",
    "penundaan",
    "ditunda",
];

/// The question about a table by its titles: of which years its months are, or whether it is of another activity.
pub(super) fn table_asked(table: Table, heading: &Heading, banner: &Banner) -> Option<String> {
    let lines = banner.titles.iter().chain(&banner.wider_titles).map(|(line, _)| plain_words(line));
    let titles = lines.collect::<Vec<_>>().join(" | ");
    year_question(table, heading, &banner.words).map(str::to_owned).or_else(|| other_activity_asked(table, &titles))
}

/// The question about a table whose title names another activity, in the words of the titles; none where it is of its
/// table as far as they tell.
fn other_activity_asked(table: Table, words: &str) -> Option<String> {
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let first = |known: &[&'static str]| known.iter().copied().find(|word| words.contains(word));
    let is_of_receipts = says(&RECEIPTS) && !says(&["jadwal", "batas", "tenggat"]);
    let early = match table {
        Table::Schedule if !says(&COACHING) => first(&["laporan"]).map(|named| (named, "JADWAL PEMBINAAN")),
        Table::Visits => first(&NOT_DONE).map(|named| (named, "PEMBINAAN YANG DILAKSANAKAN")),
        Table::Lokmin if !says(&["hadir", "absen"]) => first(&TO_COME).map(|named| (named, "KEHADIRAN LOKMIN")),
        Table::MonthlyReports if !is_of_receipts => first(&TO_COME).map(|named| (named, "PENERIMAAN LAPORAN")),
        _ => None,
    };
    let (named, title) = match (early, table) {
        (Some(early), _) => early,
        _ if says(&COACHING) => return None,
        (None, table) => other_activity(table, words)?,
    };
    Some(format!(
        "judulnya menyebut \"{named}\", jadi tabel ini tidak dibaca sebagai {}; bila memang itu, tulis {title} pada judul di atas \
         tabel lalu impor lagi, bila bukan, abaikan",
        table.label()
    ))
}

/// The activity beside coaching that a title names, and the title with which the table would be read.
fn other_activity(table: Table, words: &str) -> Option<(&'static str, &'static str)> {
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let first = |known: &[&'static str]| known.iter().copied().find(|word| words.contains(word));
    Some(match table {
        // Whoever visits a posyandu may coach it.
        Table::Schedule if !words.contains("kunjungan") => (first(&ACTIVITIES)?, "JADWAL PEMBINAAN"),
        Table::Schedule | Table::Visits => (first(&OF_PATIENTS)?, "PEMBINAAN JARINGAN DAN JEJARING"),
        Table::Lokmin if !says(&MEETINGS) => (first(&ACTIVITIES)?, "KEHADIRAN LOKMIN"),
        Table::MonthlyReports if !says(&RECEIPTS) => (first(&CASES)?, "PENERIMAAN LAPORAN"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_other_activities_are_asked_about() {
        for (table, title) in [
            (Table::Schedule, "jadwal pelaksanaan posyandu tahun 2025"),
            (Table::Schedule, "jadwal kelas ibu hamil"),
            (Table::Lokmin, "daftar hadir rapat kader"),
            (Table::Lokmin, "absensi pegawai pustu"),
            (Table::MonthlyReports, "laporan kematian ibu dan bayi tahun 2025"),
            (Table::Visits, "kunjungan pasien pustu"),
            (Table::Visits, "rekap perjalanan dinas"),
            (Table::Visits, "pembinaan yang belum dilaksanakan"),
            (Table::Lokmin, "daftar undangan lokmin"),
            (Table::MonthlyReports, "jadwal pengiriman laporan"),
            (Table::Schedule, "jadwal pengiriman laporan"),
        ] {
            assert!(other_activity_asked(table, title).is_some(), "{title}");
        }
        for (table, title) in [
            (Table::Schedule, "jadwal pembinaan posyandu"),
            (Table::Schedule, "jadwal kunjungan posyandu"),
            (Table::Schedule, "jadwal 2025"),
            (Table::Lokmin, "daftar hadir rapat lokmin lintas sektor"),
            (Table::Lokmin, "kehadiran 2025"),
            (Table::MonthlyReports, "penerimaan laporan kasus penyakit"),
            (Table::MonthlyReports, "laporan tahun 2025"),
            (Table::Lokmin, "daftar hadir undangan lokmin"),
            (Table::Visits, "laporan perjalanan dinas pembinaan jejaring"),
            (Table::Visits, "kunjungan ke pustu dan klinik"),
            (Table::Achievements, "penemuan kasus terduga tb"),
        ] {
            assert_eq!(other_activity_asked(table, title), None, "{title}");
        }
    }
}
