//! The words of headings of what happens: changes of the schedule, visits, follow-ups, meetings, monthly reports.

use super::heading::{Column, DUE, MONTH_WORDS, NAME, NO, PERSON_IN_CHARGE, Spec};
use crate::domain::Table;

pub(super) const DATE_OF_VISIT: (Column, &[&str]) = (
    Column::Date,
    &[
        "tanggalpembinaan",
        "tglpembinaan",
        "tanggal",
        "tgl",
        "tanggalkegiatan",
        "tglkegiatan",
        "tanggalpelaksanaan",
        "tglpelaksanaan",
        "tanggalkunjungan",
        "tglkunjungan",
        "haritanggal",
        "haritgl",
        "tanggalsupervisi",
    ],
);

/// The tables of what happens, in which each row names a facility.
pub(super) const ACTIVITY: [Spec; 5] = [
    Spec {
        table: Table::ScheduleChanges,
        required: &[Column::Name, Column::Planned, Column::Moved],
        supporting: (0, &[]),
        words: &[
            NO,
            NAME,
            (
                Column::Planned,
                &["jadwalpelaksanaan", "jadwal", "jadwalsemula", "jadwalawal", "jadwallama", "semula", "bulanrencana"],
            ),
            (
                Column::Moved,
                &["perubahanjadwal", "perubahan", "jadwalbaru", "jadwalperubahan", "menjadi", "diubahmenjadi"],
            ),
        ],
    },
    Spec {
        table: Table::Visits,
        required: &[Column::Name, Column::Date],
        supporting: (
            2,
            &[
                Column::Form,
                Column::Person,
                Column::Points,
                Column::Maximum,
                Column::AttendanceList,
                Column::Minutes,
                Column::Photos,
                Column::Aspect,
                Column::Finding,
            ],
        ),
        words: &[
            NO,
            NAME,
            DATE_OF_VISIT,
            (
                Column::Form,
                &[
                    "bentukkegiatan",
                    "bentuk",
                    "bentukpembinaan",
                    "kegiatan",
                    "jeniskegiatan",
                    "jenispembinaan",
                    "metode",
                ],
            ),
            (
                Column::Person,
                &["pembina", "petugas", "petugaspembina", "namapembina", "namapetugas", "timpembina", "pelaksana"],
            ),
            (
                Column::Points,
                &[
                    "skordaftartilik",
                    "skor",
                    "nilaidaftartilik",
                    "nilai",
                    "nilaitilik",
                    "skortilik",
                    "daftartilikskor",
                    "daftartiliknilai",
                ],
            ),
            (
                Column::Maximum,
                &[
                    "skormaksimal",
                    "skormaks",
                    "skormaksimum",
                    "skormax",
                    "nilaimaksimal",
                    "nilaimaks",
                    "nilaimaksimum",
                    "nilaimax",
                    "maksimal",
                    "maks",
                    "daftartilikmaksimal",
                ],
            ),
            (Column::AttendanceList, &["daftarhadir", "absensi", "daftarhadirada", "buktidaftarhadir"]),
            (Column::Minutes, &["notulen", "notulensi", "notula"]),
            (Column::Photos, &["foto", "dokumentasi", "fotokegiatan", "dokumentasifoto", "fotodokumentasi"]),
            (
                Column::Aspect,
                &["aspek", "aspekpembinaan", "aspekyangdibina", "materi", "materipembinaan", "topik", "topikpembinaan"],
            ),
            (Column::Finding, &["temuan", "hasiltemuan", "masalah", "temuanmasalah", "hasil"]),
        ],
    },
    Spec {
        table: Table::FollowUps,
        required: &[Column::Name, Column::Item, Column::Date],
        supporting: (1, &[Column::Due, Column::Done]),
        words: &[
            NO,
            NAME,
            DATE_OF_VISIT,
            (
                Column::Item,
                &["rencanatindaklanjut", "rtl", "tindaklanjut", "uraianrtl", "uraian", "rencanatindaklanjutrtl"],
            ),
            PERSON_IN_CHARGE,
            DUE,
            (
                Column::Done,
                &[
                    "tanggalselesai",
                    "tglselesai",
                    "tanggalpenyelesaian",
                    "tglpenyelesaian",
                    "realisasi",
                    "tanggalrealisasi",
                    "selesai",
                ],
            ),
        ],
    },
    Spec {
        table: Table::Lokmin,
        required: &[Column::Name, Column::Attended],
        supporting: (0, &[]),
        words: &[
            NO,
            NAME,
            (Column::Invited, &["diundang", "undangan", "undang"]),
            (Column::Attended, &["hadir", "kehadiran"]),
            (Column::Sort, &["jenis", "jenislokmin", "jenislokakarya", "jenislokakaryamini", "jenispertemuan"]),
            (Column::ReportMonth, MONTH_WORDS),
        ],
    },
    Spec {
        table: Table::MonthlyReports,
        required: &[Column::Name, Column::ReportMonth, Column::ReceivedOn],
        supporting: (0, &[]),
        words: &[
            NO,
            NAME,
            (
                Column::ReportMonth,
                &["bulanlaporan", "laporanbulan", "bulan", "blnlaporan", "periodelaporan", "bulanpelaporan"],
            ),
            (
                Column::ReceivedOn,
                &[
                    "tanggalditerima",
                    "tglditerima",
                    "tanggalterima",
                    "tglterima",
                    "diterima",
                    "tanggalpenerimaan",
                    "tglpenerimaan",
                    "tanggalmasuk",
                    "tglmasuk",
                    "diterimatanggal",
                ],
            ),
        ],
    },
];
