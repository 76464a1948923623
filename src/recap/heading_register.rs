//! The words of headings of registers: facilities, service indicators, the decree.

use super::heading::{Column, NAME, NO, PERSON_IN_CHARGE, Spec};
use crate::domain::Table;

pub(super) const CODE: (Column, &[&str]) = (Column::Code, &["kode", "kodeindikator"]);
const INDICATOR_NAME: (Column, &[&str]) = (
    Column::IndicatorName,
    &["indikator", "namaindikator", "indikatorlayanan", "indikatorkinerja", "indikatorkinerjapembinaan"],
);
const TARGET: (Column, &[&str]) = (Column::Target, &["target%", "target", "targetpersen", "%target", "target1tahun"]);
const WEIGHT: (Column, &[&str]) = (Column::Weight, &["bobot", "bobot%"]);

/// The tables that make names and codes known.
pub(super) const REGISTERS: [Spec; 3] = [
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
            (Column::Kind, &["jenis", "jenisfaskes", "jenisfasilitas", "jenisjejaring", "jenisjaringanjejaring"]),
            (Column::Group, &["kelompok", "kelompokjaringanjejaring", "jaringanjejaring"]),
            (Column::Structure, &["strukturjejaring", "struktur", "strukturjaringan", "strukturjaringanjejaring"]),
            (Column::Address, &["alamat", "alamatlengkap"]),
            (Column::Village, &["desa", "desakelurahan", "kelurahan", "desakel", "kelurahandesa"]),
            PERSON_IN_CHARGE,
            (Column::OwesReports, &["wajiblapor", "wajiblaporan", "wajibmelapor"]),
            (Column::AgreementNumber, &["nopks", "nomorpks", "pks", "nomou", "nopksmou", "pksno", "nomorpksmou"]),
            (
                Column::AgreementUntil,
                &["pkssd", "pkssampaidengan", "masaberlakupks", "pksberlakusd", "berlakupks", "akhirpks"],
            ),
            (Column::LicenceNumber, &["noizin", "nomorizin", "izin", "noijin", "nosip", "nosia", "izinno"]),
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
        ],
    },
    Spec {
        table: Table::Decree,
        required: &[Column::Code],
        supporting: (2, &[Column::IndicatorName, Column::Target, Column::Weight]),
        words: &[NO, CODE, INDICATOR_NAME, TARGET, WEIGHT],
    },
];
