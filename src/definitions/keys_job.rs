//! Keys of `jobs/*.toml`.

use super::job_run::{OWN_TEMPLATES, PERIODS, WHICH, format_words, paper_words};
use super::job_smtp::{PAPERS, RECIPIENTS_MAX, SECURITY};
use super::keys::{DefinitionKey, KeyTable, KindDescription, words_of};
use super::lower_job::{MISSED, OVERLAP, WHEN};

pub(super) static JOB: KindDescription = KindDescription {
    name: "job",
    place: "jobs/*.toml",
    says: "Satu tugas otomatis; nama berkasnya menjadi namanya.",
    root: &ROOT,
};

static ROOT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("title").required().says("Judul tugas di halaman.").like("\"Impor malam\""),
    DefinitionKey::text("cron")
        .unless("after")
        .says("Kapan: menit jam tanggal bulan hari, seperti crontab(5); 0 dan 7 = Minggu.")
        .like("\"30 21 * * 1-6\""),
    DefinitionKey::text("zone").with("cron").says("Zona waktu: WIB, WITA, WIT, atau nama IANA.").like("\"WITA\""),
    DefinitionKey::text("after")
        .without("tidak mengikuti tugas lain")
        .says(
            "Tugas lain yang diikuti (nama berkas tanpa .toml); tanpa cron: jatuh tempo setiap kali tugas itu selesai.",
        )
        .like("\"impor-bulanan\""),
    DefinitionKey::word("if-missed", || words_of(&MISSED))
        .or("\"run-once\"")
        .says("Jatuh tempo yang terlewat: disusul sekali, disusul satu per satu, atau dilewati.")
        .like("\"run-all\""),
    DefinitionKey::word("overlap", || words_of(&OVERLAP))
        .or("\"skip\"")
        .says("Jatuh tempo saat tugas masih berjalan: dilewati, atau menunggu.")
        .like("\"queue\""),
    DefinitionKey::table("limits", &LIMITS).without("bawaannya").says("Batas satu kali jalan."),
    DefinitionKey::table("retries", &RETRIES).without("bawaannya").says("Percobaan ulang setelah gagal."),
    DefinitionKey::table("notify", &NOTIFY).without("tidak memberi tahu").says("Kapan dan ke mana memberi tahu."),
    DefinitionKey::table("run", &RUN).required().says("Pekerjaannya."),
]);

static LIMITS: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::whole_number("minutes", 1, 1440).or("30").says("Menit paling lama; lalu dihentikan.").like("60"),
    DefinitionKey::whole_number("files", 1, 10_000).or("200").says("Berkas paling banyak sekali jalan.").like("50"),
    DefinitionKey::whole_number("catch-up", 1, 100)
        .or("10")
        .says("Jatuh tempo terlewat yang disusul paling banyak (run-all).")
        .like("6"),
]);

static RETRIES: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::whole_number("most", 0, 10).or("2").says("Percobaan setelah yang pertama.").like("3"),
    DefinitionKey::whole_number("wait-minutes", 1, 1440)
        .or("5")
        .says("Menit sebelum percobaan kedua; berlipat dua setiap kali.")
        .like("10"),
]);

static NOTIFY: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::words("when", || words_of(&WHEN))
        .or("[\"failed\"]")
        .says("Kejadian yang diberitahukan, sebagai berkas di keluar/.")
        .like("[\"failed\", \"missed\"]"),
    DefinitionKey::table("smtp", &SMTP).without("tanpa surel").says("Peladen surel untuk teks yang sama."),
    DefinitionKey::table("webhook", &WEBHOOK).without("tanpa").says("Alamat program lain yang menerima hal yang sama."),
]);

static WEBHOOK: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("url")
        .required()
        .says("Alamat yang menerima POST berisi JSON; dengan https, atau di komputer ini sendiri.")
        .like("\"https://dasbor.dinkes.example/simpul\""),
    DefinitionKey::text("secret-file")
        .without("tidak ditandatangani")
        .says("Berkas di rahasia/ berisi kunci yang menandatangani isinya.")
        .like("\"webhook.txt\""),
    DefinitionKey::text("ca-file")
        .without("sertifikat umum")
        .says("Berkas di rahasia/ dengan sertifikat (PEM) jaringan sendiri.")
        .like("\"dinkes.pem\""),
]);

static SMTP: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::text("server")
        .required()
        .says("Peladen dan porta; tanpa porta: 25.")
        .like("\"mail.dinkes.example:587\""),
    DefinitionKey::text("from").required().says("Alamat pengirim.").like("\"simpul@dinkes.example\""),
    DefinitionKey::few_texts("to", RECIPIENTS_MAX).required().says("Alamat penerima.").like("[\"pj@dinkes.example\"]"),
    DefinitionKey::word("security", || words_of(&SECURITY))
        .or("\"none\"")
        .says("Perlindungan: none, tls (porta 465), atau starttls (porta 587).")
        .like("\"starttls\""),
    DefinitionKey::text("user")
        .without("tanpa masuk")
        .says("Nama akun; hanya bersama tls atau starttls.")
        .like("\"simpul\""),
    DefinitionKey::text("password-file")
        .with("user")
        .says("Berkas di rahasia/ yang berisi kata sandinya.")
        .like("\"surel.txt\""),
    DefinitionKey::text("ca-file")
        .without("sertifikat umum")
        .says("Berkas di rahasia/ dengan sertifikat (PEM) jaringan sendiri.")
        .like("\"dinkes.pem\""),
    DefinitionKey::word("papers", || words_of(&PAPERS))
        .or("\"named\"")
        .says("Laporan yang dibuat: disebut dalam teks (named), atau dilampirkan, masing-masing sekali (attached).")
        .like("\"named\""),
]);

static RUN: KeyTable = KeyTable {
    keys: &[],
    one_of: &[
        DefinitionKey::table("import", &IMPORT).says("Mengimpor yang ada di sebuah folder."),
        DefinitionKey::table("evaluate", &EVALUATE).says("Mengevaluasi satu periode dan menyimpan hasilnya."),
        DefinitionKey::table("report", &REPORT).says("Membuat laporan dan menyimpannya di laporan/."),
        DefinitionKey::table("dhis2", &DHIS2).says("Menulis angka sebulan untuk DHIS2 di dhis2/."),
        DefinitionKey::table("back-up", &BACK_UP).says("Menyalin basis data dan memeriksa salinannya."),
        DefinitionKey::table("check-data", &CHECK_DATA).says("Mencari yang terlambat atau segera berakhir."),
        DefinitionKey::table("prune", &PRUNE).says("Membuang catatan dan salinan yang lama."),
    ],
};

static IMPORT: KeyTable = KeyTable::with_keys(&[DefinitionKey::text("folder")
    .required()
    .says("Folder di dalam folder data; setiap folder di bawahnya satu Puskesmas.")
    .like("\"masuk\"")]);

const fn period(default: &'static str) -> DefinitionKey {
    DefinitionKey::word("period", || words_of(&PERIODS)).or(default).says("Panjang periodenya.").like("\"quarter\"")
}

const fn which(default: &'static str) -> DefinitionKey {
    DefinitionKey::word("which", || words_of(&WHICH))
        .or(default)
        .says("Periode yang memuat hari jatuh tempo, atau yang sebelumnya.")
        .like("\"previous\"")
}

static EVALUATE: KeyTable = KeyTable::with_keys(&[period("\"four-month\""), which("\"current\"")]);

static DHIS2: KeyTable = KeyTable::with_keys(&[which("\"previous\"")]);

static REPORT: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::words("papers", paper_words)
        .required()
        .says("Laporan yang dibuat.")
        .like("[\"tpcb\", \"tpcb-cluster\"]"),
    DefinitionKey::words("formats", format_words)
        .or("[\"pdf\"]")
        .says("Bentuk setiap laporan.")
        .like("[\"pdf\", \"xlsx\"]"),
    period("\"month\""),
    which("\"previous\""),
    DefinitionKey::texts("puskesmas")
        .without("setiap Puskesmas")
        .says("Nama Puskesmas yang dilaporkan.")
        .like("[\"Puskesmas Abcde\"]"),
    DefinitionKey::texts("clusters")
        .without("semua Puskesmas bersama")
        .says("Nama cluster; hanya bersama laporan tpcb-cluster.")
        .like("[\"Utara\"]"),
    DefinitionKey::word("own-templates", || words_of(&OWN_TEMPLATES))
        .or("\"none\"")
        .says("Juga tiap laporan dalam templat buatan kantor, bila ada.")
        .like("\"also\""),
]);

static BACK_UP: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::whole_number("daily", 1, 366).or("7").says("Hari yang salinan terakhirnya disimpan.").like("14"),
    DefinitionKey::whole_number("monthly", 0, 120).or("12").says("Bulan yang salinan terakhirnya disimpan.").like("24"),
]);

static CHECK_DATA: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::whole_number("days-ahead", 1, 366)
        .or("60")
        .says("Izin dan PKS yang berakhir dalam sekian hari disebut.")
        .like("90"),
    DefinitionKey::whole_number("recap-due-day", 1, 28)
        .or("10")
        .says("Rekap bulan lalu terlambat setelah tanggal ini.")
        .like("5"),
]);

static PRUNE: KeyTable = KeyTable::with_keys(&[
    DefinitionKey::whole_number("ledger-days", 90, 3660).or("730").says("Umur catatan tugas, dalam hari.").like("365"),
    DefinitionKey::whole_number("finished-days", 30, 3660)
        .or("365")
        .says("Umur berkas di selesai/, dalam hari; isinya tetap ada di basis data.")
        .like("180"),
]);
