//! Keys of `dashboards/*.toml`: pages, and meetings with their slides.

use super::dashboard::PANELS_MAX;
use super::keys::{DefinitionKey, KeyTable, KindDescription, words_of};
use super::lower::{
    COMPARED, FILTERS, GROUPINGS, PARETO, PERIODS, SCOPES, SHOWN, SLIDES, SLOTS_BY, WIDTHS, figures_followed,
    indicator_codes,
};

pub(super) static DASHBOARD: KindDescription = KindDescription {
    name: "dashboard",
    place: "dashboards/*.toml",
    says: "Satu halaman atau satu rapat; nama berkasnya menjadi alamatnya.",
    root: &ROOT,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("title").required().says("Judul di menu dan di kepala halaman.").like("\"Kehadiran\""),
    DefinitionKey::text("question")
        .required()
        .says("Pertanyaan yang dijawab; {periode}, {puskesmas}, {faskes} dan {klaster} diisi sendiri.")
        .like("\"Siapa yang hadir pada lokmin {periode}?\""),
    DefinitionKey::whole_number("order", 0, 999).or("500").says("Urutan di menu, dari kecil ke besar.").like("60"),
    DefinitionKey::word("scope", || words_of(&SCOPES))
        .required()
        .says(
            "Isi halaman: semua faskes (puskesmas), satu faskes (facility), salindia rapat (meeting), semua Puskesmas \
             sebuah cluster (cluster), atau semua Puskesmas (district).",
        )
        .like("\"puskesmas\""),
    DefinitionKey::words("periods", || words_of(&PERIODS))
        .required()
        .says("Jenis periode yang dapat dipilih; yang pertama dipakai lebih dulu.")
        .like("[\"month\", \"quarter\"]"),
    DefinitionKey::some_tables("panel", &PANEL, 1, PANELS_MAX).required().says("Panel, dari atas ke bawah."),
]);

static PANEL: KeyTable = KeyTable {
    keys: &[
        DefinitionKey::text("title").without("judul bawaan jenisnya").says("Judul panel.").like("\"Arah kehadiran\""),
        DefinitionKey::text("note").without("tanpa kalimat").says("Kalimat di bawah judul.").like("\"Skor 0–100.\""),
        DefinitionKey::word("width", || words_of(&WIDTHS))
            .or("\"full\"")
            .says("Lebar; dua panel half yang berurutan berdiri berdampingan.")
            .like("\"half\""),
        DefinitionKey::word("shown", || words_of(&SHOWN))
            .or("\"open\"")
            .says("folded: tertutup di balik judulnya sampai dibuka; di kertas dan proyektor selalu terbuka.")
            .like("\"folded\""),
    ],
    one_of: &[
        kind("lead", &KeyTable::EMPTY).says("Skor, status, perubahan dan kelengkapan."),
        kind("attention", &ATTENTION).says("Yang perlu perhatian lebih dulu."),
        kind("status-table", &STATUS_TABLE).says("Faskes menurut indikator, berwarna menurut status."),
        kind("totals", &TOTALS).says("Jumlah menurut kelompok."),
        kind("completeness", &KeyTable::EMPTY).says("Berapa bulan dan berapa faskes yang melapor."),
        kind("score-bars", &KeyTable::EMPTY).says("Grafik batang skor setiap faskes."),
        kind("visit-heatmap", &KeyTable::EMPTY).says("Kunjungan yang direncanakan dan yang terlaksana, per bulan."),
        kind("trend", &TREND).says("Satu angka dari periode ke periode."),
        kind("comparison", &COMPARISON).says("Satu angka setiap faskes pada dua periode."),
        kind("pareto", &PARETO_OPTIONS).says("Penyebab, dari yang terbanyak."),
        kind("map", &KeyTable::EMPTY).says("Peta faskes menurut koordinat di daftar identifikasi."),
        kind("slot-bars", &SLOT_BARS).says("Keadaan jadwal sebagai batang bertumpuk."),
        kind("small-multiples", &SMALL_MULTIPLES)
            .says("Satu indikator layanan sepanjang tahun, satu grafik kecil untuk setiap faskes."),
        kind("pws", &PWS).says("Grafik PWS dengan tabel analisisnya."),
        kind("radar", &RADAR).says("Indikator terhadap targetnya, sebagai jaring."),
        kind("slots", &KeyTable::EMPTY).says("Jadwal dan kunjungan satu faskes."),
        kind("follow-ups", &KeyTable::EMPTY).says("Tindak lanjut dengan keadaannya."),
        kind("checklist-findings", &KeyTable::EMPTY)
            .says("Skor daftar tilik di samping jumlah itemnya, dan item yang belum terpenuhi atau belum dijawab."),
        kind("visit-priority", &VISIT_PRIORITY).says(
            "Siapa dikunjungi berikutnya: skor daftar tilik, RTL lewat batas, bulan sejak kunjungan, jadwal yang tersisa.",
        ),
        kind("reports", &KeyTable::EMPTY).says("Laporan bulanan yang diterima."),
        kind("lokmin", &KeyTable::EMPTY).says("Kehadiran pada lokakarya mini."),
        kind("indicators", &INDICATORS).says("Pembilang, penyebut, target, selisih dan perubahan."),
        kind("evaluation-table", &INDICATORS).says("Tabel evaluasi caturwulan."),
        kind("schedule-changes", &KeyTable::EMPTY).says("Formulir perubahan jadwal."),
        kind("slide", &SLIDE).says("Salindia rapat."),
        kind("clusters", &INDICATORS).says("Cluster dengan hitungan Puskesmasnya digabung (cluster, district)."),
        kind("puskesmas-table", &INDICATORS).says("Puskesmas menurut indikator (cluster, district)."),
        kind("recaps", &KeyTable::EMPTY).says("Rekap yang belum masuk dan yang terlambat (cluster, district)."),
        kind("needs-help", &NEEDS_HELP).says("Puskesmas yang perlu bantuan, dengan alasannya (cluster, district)."),
        kind("peer-median", &INDICATORS).says("Setiap Puskesmas terhadap median sesama (cluster, district)."),
        kind("ranking", &KeyTable::EMPTY).says("Skor Puskesmas dari yang tertinggi (cluster, district)."),
        kind("district-trend", &DISTRICT_TREND).says("Skor gabungan dari periode ke periode (cluster, district)."),
        kind("puskesmas-map", &KeyTable::EMPTY).says("Puskesmas di titik tengah faskesnya (cluster, district)."),
    ],
};

const fn kind(name: &'static str, options: &'static KeyTable) -> DefinitionKey {
    DefinitionKey::table(name, options)
}

const INDICATOR_LIST: DefinitionKey = DefinitionKey::words("indicators", || words_of(&indicator_codes()))
    .without("kesembilannya")
    .says("Kode indikator pembinaan, menurut urutannya.")
    .like("[\"CAK\", \"JDW\", \"DTK\"]");

const FIGURE: DefinitionKey = DefinitionKey::word("of", figures_followed)
    .or("\"score\"")
    .says("Angka yang ditampilkan: skor, atau kode indikator.")
    .like("\"LOK\"");

static ATTENTION: KeyTable =
    KeyTable::with_keys(&[DefinitionKey::whole_number("limit", 1, 10).or("5").says("Baris paling banyak.").like("3")]);

static NEEDS_HELP: KeyTable = KeyTable::with_keys(&[DefinitionKey::whole_number("limit", 1, 50)
    .or("10")
    .says("Puskesmas paling banyak.")
    .like("20")]);

static VISIT_PRIORITY: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::whole_number("limit", 1, 100).or("10").says("Faskes paling banyak.").like("20"),
    weight("score-weight", "Bobot skor daftar tilik terakhir; yang rendah lebih mendesak."),
    weight("follow-ups-weight", "Bobot RTL yang lewat batas waktu."),
    weight("months-weight", "Bobot bulan sejak kunjungan terakhir."),
    weight("load-weight", "Bobot jadwal setahun yang belum terlaksana."),
]);

const fn weight(name: &'static str, says: &'static str) -> DefinitionKey {
    DefinitionKey::whole_number(name, 0, 100).or("25").says(says).like("40")
}

static DISTRICT_TREND: KeyTable = KeyTable::with_keys(&[DefinitionKey::whole_number("periods", 2, 12)
    .or("4")
    .says("Banyaknya periode, termasuk yang dipilih.")
    .like("6")]);

static STATUS_TABLE: KeyTable = KeyTable::with_keys(&[
    INDICATOR_LIST,
    DefinitionKey::words("filters", || words_of(&FILTERS))
        .without("tanpa saringan")
        .says("Saringan di atas tabel.")
        .like("[\"kind\", \"status\"]"),
]);

static TOTALS: KeyTable = KeyTable::with_keys(&[DefinitionKey::words("by", || words_of(&GROUPINGS))
    .or("[\"group\"]")
    .says("Pengelompokan, menurut urutannya.")
    .like("[\"group\", \"village\"]")]);

static TREND: KeyTable = KeyTable::with_keys(&[
    FIGURE,
    DefinitionKey::whole_number("periods", 2, 24).or("6").says("Banyaknya periode, termasuk yang dipilih.").like("12"),
]);

static COMPARISON: KeyTable = KeyTable::with_keys(&[
    FIGURE,
    DefinitionKey::word("against", || words_of(&COMPARED))
        .required()
        .says("Pembanding: periode yang sama tahun lalu, atau periode sebelumnya.")
        .like("\"last-year\""),
]);

static PARETO_OPTIONS: KeyTable = KeyTable::with_keys(&[DefinitionKey::word("of", || words_of(&PARETO))
    .required()
    .says("Yang dihitung: temuan kunjungan, tindak lanjut yang terlambat, atau item daftar tilik yang belum terpenuhi.")
    .like("\"findings\"")]);

static SLOT_BARS: KeyTable = KeyTable::with_keys(&[DefinitionKey::word("by", || words_of(&SLOTS_BY))
    .required()
    .says("Satu batang untuk setiap bulan, atau untuk setiap faskes.")
    .like("\"month\"")]);

static SMALL_MULTIPLES: KeyTable = KeyTable::with_keys(&[DefinitionKey::text("indicator")
    .required()
    .says("Kode indikator layanan, atau each: satu kelompok grafik untuk setiap indikator tahun itu.")
    .like("\"each\"")]);

static PWS: KeyTable = KeyTable::with_keys(&[DefinitionKey::text("indicator")
    .required()
    .says("Kode indikator layanan, atau each: satu grafik untuk setiap indikator tahun itu.")
    .like("\"each\"")]);

/// Three axes at least: asked by the reader.
static RADAR: KeyTable = KeyTable::with_keys(&[DefinitionKey::words("indicators", || words_of(&indicator_codes()))
    .without("kesembilannya")
    .says("Kode indikator pembinaan, paling sedikit tiga.")
    .like("[\"CAK\", \"JDW\", \"DTK\"]")]);

static INDICATORS: KeyTable = KeyTable::with_keys(&[INDICATOR_LIST]);

static SLIDE: KeyTable = KeyTable::with_keys(&[DefinitionKey::word("show", || words_of(&SLIDES))
    .required()
    .says("Isi salindia; hanya di berkas bercakupan meeting.")
    .like("\"opening\"")]);
