//! The words of headings of the tables that people write beside the figures.

use super::heading_words::{ColumnMeaning, DUE, NAME, NO, PERSON_IN_CHARGE, Spec};
use crate::domain::Table;

const PROBLEM: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::Problem,
    &[
        "masalah",
        "permasalahan",
        "uraianmasalah",
        "identifikasimasalah",
        "rumusanmasalah",
        "masalahyangditemukan",
        "pokokbahasan",
        "pokokmasalah",
    ],
);
const ITEM: (ColumnMeaning, &[&str]) =
    (ColumnMeaning::Item, &["rencanatindaklanjut", "rtl", "uraianrtl", "rencanatindaklanjutrtl", "tindaklanjut"]);
const DONE: (ColumnMeaning, &[&str]) = (
    ColumnMeaning::Done,
    &[
        "tanggalselesai",
        "tglselesai",
        "selesai",
        "tanggalpelaksanaan",
        "tglpelaksanaan",
        "pelaksanaan",
        "realisasi",
        "tanggalrealisasi",
    ],
);

/// Words that only these tables have: with another known heading in the row they make a heading without names.
pub(super) const MARKS: &[&str] = &[
    "keputusan",
    "hasilkeputusan",
    "keputusanrapat",
    "keputusanlokmin",
    "kesepakatan",
    "cluster",
    "klaster",
    "clusterbinaan",
    "klasterbinaan",
    "namacluster",
    "namaklaster",
    "fakta",
    "temuanfakta",
    "faktatemuan",
    "rekomendasi",
    "rekomendasipuskesmas",
    "rekomendasidinaskesehatan",
    "rekomendasidinkes",
    "rencanatindaklanjut",
    "rtl",
];

/// Evaluasi, Notulen, Cluster, Pembinaan TPCB, Tindak Lanjut TPCB.
pub(super) const WRITTEN: [Spec; 5] = [
    Spec {
        table: Table::Problems,
        required: &[ColumnMeaning::Name, ColumnMeaning::Problem, ColumnMeaning::Cause],
        supporting: (0, &[]),
        words: &[
            NO,
            NAME,
            PROBLEM,
            (
                ColumnMeaning::Cause,
                &[
                    "penyebab",
                    "penyebabmasalah",
                    "sebab",
                    "akarmasalah",
                    "akarpenyebab",
                    "akarpenyebabmasalah",
                    "analisapenyebab",
                    "analisispenyebab",
                ],
            ),
            (
                ColumnMeaning::Agreed,
                &[
                    "tindaklanjut",
                    "rencanatindaklanjut",
                    "rtl",
                    "kesepakatan",
                    "tindaklanjutyangdisepakati",
                    "pemecahanmasalah",
                    "alternatifpemecahanmasalah",
                    "solusi",
                ],
            ),
            PERSON_IN_CHARGE,
            DUE,
            DONE,
            (ColumnMeaning::Proof, &["bukti", "buktitindaklanjut", "buktipelaksanaan", "buktitl"]),
        ],
    },
    Spec {
        table: Table::Decisions,
        required: &[ColumnMeaning::Meeting, ColumnMeaning::Decision],
        supporting: (1, &[ColumnMeaning::Problem, ColumnMeaning::Agreed, ColumnMeaning::Person, ColumnMeaning::Due]),
        words: &[
            NO,
            (
                ColumnMeaning::Meeting,
                &[
                    "tanggal",
                    "tgl",
                    "haritanggal",
                    "haritgl",
                    "tanggallokmin",
                    "tgllokmin",
                    "tanggalrapat",
                    "tglrapat",
                    "tanggalpertemuan",
                    "tglpertemuan",
                ],
            ),
            PROBLEM,
            (
                ColumnMeaning::For,
                // No word that names a facility by itself: that is the heading of tables about facilities.
                &["untukfaskes", "faskesterkait", "faskestujuan", "faskesyangdituju", "untukjaringanjejaring"],
            ),
            (
                ColumnMeaning::Decision,
                &[
                    "keputusan",
                    "hasilkeputusan",
                    "keputusanrapat",
                    "keputusanlokmin",
                    "kesepakatan",
                    "hasilkesepakatan",
                ],
            ),
            PERSON_IN_CHARGE,
            DUE,
            (
                ColumnMeaning::Agreed,
                &["tindaklanjut", "tindaklanjutnya", "hasiltindaklanjut", "pelaksanaantindaklanjut", "keterangan"],
            ),
            DONE,
        ],
    },
    Spec {
        table: Table::Clusters,
        required: &[ColumnMeaning::Puskesmas, ColumnMeaning::Cluster],
        supporting: (0, &[]),
        words: &[
            NO,
            (ColumnMeaning::Puskesmas, &["puskesmas", "namapuskesmas", "uptpuskesmas", "namauptpuskesmas", "pkm"]),
            (
                ColumnMeaning::Cluster,
                &["cluster", "klaster", "clusterbinaan", "klasterbinaan", "namacluster", "namaklaster"],
            ),
            (ColumnMeaning::Reason, &["keterangan", "ket", "catatan", "status", "data", "keadaandata", "statusdata"]),
        ],
    },
    Spec {
        table: Table::DistrictVisits,
        required: &[ColumnMeaning::Date, ColumnMeaning::Fact],
        supporting: (1, &[ColumnMeaning::Conclusion, ColumnMeaning::ForPuskesmas, ColumnMeaning::ForDistrict]),
        words: &[
            NO,
            (ColumnMeaning::Date, &["tanggal", "tgl", "haritanggal", "haritgl", "tanggalpembinaan", "tglpembinaan"]),
            (ColumnMeaning::Form, &["jenispembinaan", "bentukpembinaan", "jenis", "kegiatan", "jeniskegiatan"]),
            (ColumnMeaning::Fact, &["temuanfakta", "fakta", "faktatemuan"]),
            (ColumnMeaning::Conclusion, &["temuankesimpulan", "kesimpulan", "kesimpulantemuan"]),
            (
                ColumnMeaning::ForPuskesmas,
                &["rekomendasipuskesmas", "rekomendasiuntukpuskesmas", "rekomendasikepuskesmas", "rekomendasi"],
            ),
            (
                ColumnMeaning::ForDistrict,
                &[
                    "rekomendasidinaskesehatan",
                    "rekomendasidinkes",
                    "rekomendasiuntukdinaskesehatan",
                    "rekomendasikedinaskesehatan",
                    "dinaskesehatan",
                    "dinkes",
                ],
            ),
            DUE,
            (ColumnMeaning::Sent, &["tanggaldikirim", "tgldikirim", "dikirim", "tanggalpengiriman", "tglpengiriman"]),
            (
                ColumnMeaning::ReceivedOn,
                &["tanggalditerima", "tglditerima", "diterima", "tanggalpenerimaan", "tglpenerimaan"],
            ),
            (
                ColumnMeaning::Answered,
                &["tanggalditanggapi", "tglditanggapi", "ditanggapi", "tanggaldijawab", "dijawab"],
            ),
            (
                ColumnMeaning::Done,
                &["tanggalditindaklanjuti", "tglditindaklanjuti", "ditindaklanjuti", "tanggaltindaklanjut"],
            ),
        ],
    },
    Spec {
        table: Table::DistrictFollowUps,
        required: &[ColumnMeaning::Item, ColumnMeaning::Done],
        supporting: (0, &[]),
        words: &[
            NO,
            (ColumnMeaning::Date, &["tanggalpembinaan", "tglpembinaan", "tanggalpembinaantpcb"]),
            ITEM,
            PERSON_IN_CHARGE,
            DUE,
            DONE,
        ],
    },
];
