//! Keys of `dashboards/indicators/*.toml`: the default decree, and overrides for a Puskesmas or a year.

use super::keys::{DefinitionKey, KeyTable, KindDescription, words_of};
use super::lower::indicator_codes;
use super::lower_decree::{BASIS_MIN_KEY, EVIDENCE, LEVEL_BELOW};
use crate::domain::period::{YEAR_MAX, YEAR_MIN};

pub(super) static DECREE: KindDescription = KindDescription {
    name: "decree",
    place: "dashboards/indicators/pembinaan.toml",
    says: "SK indikator yang berlaku selama Puskesmas belum mengimpor SK-nya sendiri.",
    root: &ROOT,
};

/// Changes of the decree.
pub(super) static OVERRIDE: KindDescription = KindDescription {
    name: "override",
    place: "dashboards/indicators/*.toml",
    says: "Yang berbeda dari SK bawaan, untuk satu Puskesmas atau semua, mulai suatu tahun.",
    root: &OVERRIDES,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("title").required().says("Judul SK.").like("\"Indikator kinerja pembinaan\""),
    DefinitionKey::text("basis").required().says("Dasar hukumnya.").like("\"SK Kepala Puskesmas …\""),
    DUE_DAY.required(),
    BASIS_MIN.or("3"),
    THRESHOLDS_KEY.required(),
    PWS_KEY.without("Jelek"),
    EVIDENCE_KEY.required(),
    // Nine at least: one of each code, asked by the reader.
    DefinitionKey::some_tables("indicator", &INDICATOR, 9, 9)
        .required()
        .says("Kesembilan indikator, masing-masing sekali."),
    CHANGES,
]);

static OVERRIDES: KeyTable = KeyTable::with_keys(&[CHANGES]);

const CHANGES: DefinitionKey =
    DefinitionKey::tables("override", &CHANGE).without("tidak ada").says("Perubahan mulai suatu tahun.");

const DUE_DAY: DefinitionKey = DefinitionKey::whole_number("report-due-day", 1, 28)
    .without("seperti SK bawaan")
    .says("Tanggal jatuh tempo laporan bulanan, pada bulan berikutnya.")
    .like("10");

/// One asks for nothing beyond a score; nine for all that there are.
const BASIS_MIN: DefinitionKey = DefinitionKey::whole_number(BASIS_MIN_KEY, 1, 9)
    .without("seperti SK bawaan")
    .says("Indikator paling sedikit agar skor diberi status.")
    .like("5");

const THRESHOLDS_KEY: DefinitionKey =
    DefinitionKey::table("thresholds", &THRESHOLDS).without("seperti SK bawaan").says("Ambang status.");

const PWS_KEY: DefinitionKey = DefinitionKey::table("pws", &PWS).without("seperti SK bawaan").says("Kata PWS.");

const EVIDENCE_KEY: DefinitionKey = DefinitionKey::table("evidence", &EVIDENCE_TABLE)
    .without("seperti SK bawaan")
    .says("Bukti yang diminta dari setiap kunjungan.");

static CHANGE: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("puskesmas")
        .without("semua Puskesmas")
        .says("Puskesmas yang dimaksud.")
        .like("\"Puskesmas Abcde\""),
    DefinitionKey::whole_number("year", YEAR_MIN.unsigned_abs(), YEAR_MAX.unsigned_abs())
        .required()
        .says("Tahun mulai berlaku.")
        .like("2024"),
    DefinitionKey::text("basis").without("tidak disebut").says("Dasar hukumnya, bagi pembaca.").like("\"SK Nomor 12\""),
    DUE_DAY,
    BASIS_MIN,
    THRESHOLDS_KEY,
    PWS_KEY,
    EVIDENCE_KEY,
    DefinitionKey::tables("indicator", &INDICATOR_CHANGE)
        .without("seperti SK bawaan")
        .says("Indikator yang target atau bobotnya lain."),
]);

static THRESHOLDS: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::number("good-from", 0.0, 100.0).required().says("Skor paling kecil untuk Baik.").like("91"),
    DefinitionKey::number("fair-from", 0.0, 100.0)
        .required()
        .says("Skor paling kecil untuk Cukup; tidak lebih besar daripada good-from.")
        .like("81"),
]);

static PWS: KeyTable = KeyTable::with_keys(&[DefinitionKey::word("level-below-target", || words_of(&LEVEL_BELOW))
    .required()
    .says("Kata bagi faskes di bawah target yang tetap dibanding bulan lalu.")
    .like("\"Jelek\"")]);

const fn pieces(name: &'static str) -> DefinitionKey {
    DefinitionKey::words(name, || words_of(&EVIDENCE)).required().like("[\"checklist\", \"photos\"]")
}

static EVIDENCE_TABLE: KeyTable = KeyTable::with_keys(&[
    pieces("otherwise").says("Bukti untuk bentuk pembinaan yang tidak disebut di bawah."),
    DefinitionKey::tables("form", &FORM).without("tidak ada").says("Bukti untuk satu bentuk pembinaan."),
]);

static FORM: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("name").required().says("Bentuk pembinaan.").like("\"Pertemuan\""),
    pieces("required").says("Bukti yang harus ada."),
]);

const CODE: DefinitionKey =
    DefinitionKey::word("code", || words_of(&indicator_codes())).required().says("Kode indikator.").like("\"JDW\"");
const NAME: DefinitionKey = DefinitionKey::text("name")
    .without("tidak disebut")
    .says("Nama indikator, bagi pembaca; sama dengan yang ditampilkan halaman.")
    .like("\"Kepatuhan jadwal\"");
const TARGET: DefinitionKey =
    DefinitionKey::number("target", 0.0, 100.0).without("seperti SK bawaan").says("Target, dalam persen.").like("90");
const WEIGHT: DefinitionKey = DefinitionKey::number("weight", 0.0, 1000.0)
    .without("seperti SK bawaan")
    .says("Bobot di dalam skor; 0: tidak ikut dihitung.")
    .like("10");
const BASIS: DefinitionKey =
    DefinitionKey::text("basis").without("tidak disebut").says("Dasar hukum indikator ini.").like("\"KAK pembinaan\"");

static INDICATOR: KeyTable = KeyTable::with_keys(&[CODE, NAME, TARGET.required(), WEIGHT.required(), BASIS.required()]);
static INDICATOR_CHANGE: KeyTable = KeyTable::with_keys(&[CODE, NAME, TARGET, WEIGHT, BASIS]);
