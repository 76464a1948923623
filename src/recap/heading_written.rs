//! The words of headings of the tables that people write beside the figures.

use super::heading::{Column, DUE, NAME, NO, PERSON_IN_CHARGE, Spec};
use crate::domain::Table;

const PROBLEM: (Column, &[&str]) = (
    Column::Problem,
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
const ITEM: (Column, &[&str]) =
    (Column::Item, &["rencanatindaklanjut", "rtl", "uraianrtl", "rencanatindaklanjutrtl", "tindaklanjut"]);
const DONE: (Column, &[&str]) = (
    Column::Done,
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
        required: &[Column::Name, Column::Problem, Column::Cause],
        supporting: (0, &[]),
        words: &[
            NO,
            NAME,
            PROBLEM,
            (
                Column::Cause,
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
                Column::Agreed,
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
            (Column::Proof, &["bukti", "buktitindaklanjut", "buktipelaksanaan", "buktitl"]),
        ],
    },
    Spec {
        table: Table::Decisions,
        required: &[Column::Meeting, Column::Decision],
        supporting: (1, &[Column::Problem, Column::Agreed, Column::Person, Column::Due]),
        words: &[
            NO,
            (
                Column::Meeting,
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
                Column::Decision,
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
                Column::Agreed,
                &["tindaklanjut", "tindaklanjutnya", "hasiltindaklanjut", "pelaksanaantindaklanjut", "keterangan"],
            ),
            DONE,
        ],
    },
    Spec {
        table: Table::Clusters,
        required: &[Column::Puskesmas, Column::Cluster],
        supporting: (0, &[]),
        words: &[
            NO,
            (Column::Puskesmas, &["puskesmas", "namapuskesmas", "uptpuskesmas", "namauptpuskesmas", "pkm"]),
            (Column::Cluster, &["cluster", "klaster", "clusterbinaan", "klasterbinaan", "namacluster", "namaklaster"]),
            (Column::Reason, &["keterangan", "ket", "catatan", "status", "data", "keadaandata", "statusdata"]),
        ],
    },
    Spec {
        table: Table::DistrictVisits,
        required: &[Column::Date, Column::Fact],
        supporting: (1, &[Column::Conclusion, Column::ForPuskesmas, Column::ForDistrict]),
        words: &[
            NO,
            (Column::Date, &["tanggal", "tgl", "haritanggal", "haritgl", "tanggalpembinaan", "tglpembinaan"]),
            (Column::Form, &["jenispembinaan", "bentukpembinaan", "jenis", "kegiatan", "jeniskegiatan"]),
            (Column::Fact, &["temuanfakta", "fakta", "faktatemuan"]),
            (Column::Conclusion, &["temuankesimpulan", "kesimpulan", "kesimpulantemuan"]),
            (
                Column::ForPuskesmas,
                &["rekomendasipuskesmas", "rekomendasiuntukpuskesmas", "rekomendasikepuskesmas", "rekomendasi"],
            ),
            (
                Column::ForDistrict,
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
            (Column::Sent, &["tanggaldikirim", "tgldikirim", "dikirim", "tanggalpengiriman", "tglpengiriman"]),
            (Column::ReceivedOn, &["tanggalditerima", "tglditerima", "diterima", "tanggalpenerimaan", "tglpenerimaan"]),
            (Column::Answered, &["tanggalditanggapi", "tglditanggapi", "ditanggapi", "tanggaldijawab", "dijawab"]),
            (Column::Done, &["tanggalditindaklanjuti", "tglditindaklanjuti", "ditindaklanjuti", "tanggaltindaklanjut"]),
        ],
    },
    Spec {
        table: Table::DistrictFollowUps,
        required: &[Column::Item, Column::Done],
        supporting: (0, &[]),
        words: &[
            NO,
            (Column::Date, &["tanggalpembinaan", "tglpembinaan", "tanggalpembinaantpcb"]),
            ITEM,
            PERSON_IN_CHARGE,
            DUE,
            DONE,
        ],
    },
];
