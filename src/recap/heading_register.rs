//! The words of headings of registers: facilities, service indicators, the decree.

use super::heading::{Column, NAME, NO, PERSON_IN_CHARGE, Spec};
use crate::domain::Table;

pub(super) const CODE: (Column, &[&str]) = (Column::Code, &["kode", "kodeindikator"]);
pub(super) const INDICATOR_NAME: (Column, &[&str]) = (
    Column::IndicatorName,
    &[
        "indikator",
        "namaindikator",
        "indikatorlayanan",
        "namaindikatorlayanan",
        "indikatorkinerja",
        "namaindikatorkinerja",
        "indikatorkinerjapembinaan",
        "indikatorprogram",
        "indikatorpelayanan",
        "indikatorspm",
        "indikatorpkp",
    ],
);
const TARGET: (Column, &[&str]) = (
    Column::Target,
    &[
        "target%",
        "target",
        "targetpersen",
        "%target",
        "target1tahun",
        "targettahunan",
        "targetsetahun",
        "targetkinerja",
    ],
);
const APPLIES_TO: (Column, &[&str]) = (
    Column::AppliesTo,
    &["berlakuuntuk", "berlakuuntukjenis", "berlakubagi", "berlakupada", "jenisfaskesyangberlaku", "untukjenis"],
);
const WEIGHT: (Column, &[&str]) = (Column::Weight, &["bobot", "bobot%"]);

/// Headings that name facilities by a kind that may also be people of another table.
pub(super) const KIND_NAMES: (Column, &[&str]) = (
    Column::Name,
    &[
        "namabidan",
        "namabpm",
        "namapmb",
        "namatpmb",
        "namabidanpraktikmandiri",
        "namadokter",
        "namadokterpraktik",
        "namadoktergigi",
        "namadokterpraktikmandiri",
        "namaperawat",
        "namarumahsakit",
        "namatokoobat",
        "namaoptik",
        "namaukbm",
        "namaposukk",
        "namatempatkerja",
        "namaperusahaan",
    ],
);

/// The tables that make names and codes known.
pub(super) const REGISTERS: [Spec; 4] = [
    Spec {
        table: Table::Facilities,
        required: &[Column::Name],
        supporting: (
            2,
            &[
                Column::Kind,
                Column::Group,
                Column::Structure,
                Column::Address,
                Column::Village,
                Column::Person,
                Column::OwesReports,
                Column::ActiveFrom,
                Column::AgreementNumber,
                Column::LicenceNumber,
            ],
        ),
        words: &[
            NO,
            NAME,
            KIND_NAMES,
            (Column::Kind, &["jenis", "jenisfaskes", "jenisfasilitas", "jenisjejaring", "jenisjaringanjejaring"]),
            (Column::Group, &["kelompok", "kelompokjaringanjejaring", "jaringanjejaring"]),
            (Column::Structure, &["strukturjejaring", "struktur", "strukturjaringan", "strukturjaringanjejaring"]),
            (Column::Address, &["alamat", "alamatlengkap"]),
            (
                Column::Village,
                &[
                    "desa",
                    "desakelurahan",
                    "kelurahan",
                    "desakel",
                    "kelurahandesa",
                    "wilkerja",
                    "wilayahkerja",
                    "wilayahkerjadesa",
                    "desabinaan",
                    "desawilayahkerja",
                    "desawilayahbinaan",
                    "wilayahbinaan",
                    "namadesa",
                ],
            ),
            PERSON_IN_CHARGE,
            (Column::OwesReports, &["wajiblapor", "wajiblaporan", "wajibmelapor"]),
            (Column::AgreementNumber, &["nopks", "nomorpks", "pks", "nomou", "nopksmou", "pksno", "nomorpksmou"]),
            (
                Column::AgreementUntil,
                &["pkssd", "pkssampaidengan", "masaberlakupks", "pksberlakusd", "berlakupks", "akhirpks"],
            ),
            (
                Column::LicenceNumber,
                &[
                    "noizin",
                    "nomorizin",
                    "izin",
                    "noijin",
                    "nosip",
                    "nosia",
                    "izinno",
                    "nomorijin",
                    "ijin",
                    "nostr",
                    "nosipb",
                    "sip",
                    "nomorsip",
                    "nostrsip",
                    "nosipstr",
                    "nostrsipijinoperasional",
                    "nostrsipizinoperasional",
                    "nosipijinoperasional",
                    "nosipizinoperasional",
                    "noijinoperasional",
                    "noizinoperasional",
                    "nomorizinoperasional",
                    "ijinoperasional",
                    "izinoperasional",
                    "nosipijin",
                    "nosipizin",
                    "nosipsia",
                ],
            ),
            (
                Column::LicenceUntil,
                &[
                    "izinsd",
                    "ijinsd",
                    "izinsampaidengan",
                    "masaberlakuizin",
                    "izinberlakusd",
                    "berlakuizin",
                    "akhirizin",
                    "masaberlaku",
                    "masaberlakuijin",
                    "masaberlakusip",
                    "berlakusd",
                    "berlakusampai",
                ],
            ),
            (Column::ActiveFrom, &["aktifsejak", "mulaiaktif", "aktifmulai"]),
            (Column::ActiveUntil, &["aktifsd", "aktifsampai", "aktifsampaidengan", "berakhir"]),
        ],
    },
    Spec {
        table: Table::ServiceIndicators,
        required: &[Column::Code, Column::IndicatorName, Column::Target],
        supporting: (1, &[Column::Direction, Column::Aggregation]),
        words: &[
            NO,
            CODE,
            INDICATOR_NAME,
            TARGET,
            WEIGHT,
            (Column::Direction, &["arah", "arahindikator"]),
            (Column::Aggregation, &["agregasi", "caraagregasi", "perhitungan"]),
            APPLIES_TO,
        ],
    },
    Spec {
        table: Table::Decree,
        required: &[Column::Code],
        supporting: (2, &[Column::IndicatorName, Column::Target, Column::Weight]),
        words: &[NO, CODE, INDICATOR_NAME, TARGET, WEIGHT],
    },
    // A list without codes; which of both it is, its title and its rows tell.
    Spec {
        table: Table::Decree,
        required: &[Column::IndicatorName, Column::Target],
        supporting: (0, &[]),
        words: &[
            NO,
            INDICATOR_NAME,
            TARGET,
            WEIGHT,
            (Column::Direction, &["arah", "arahindikator"]),
            (Column::Aggregation, &["agregasi", "caraagregasi"]),
            APPLIES_TO,
        ],
    },
];
