//! Questions about tables that cannot be read as they are. Knows nothing of cells.

pub(super) const ASK_SORT: &str = "tabel dengan bulan mendatar ini tidak jelas jenisnya; tulis JADWAL, KEHADIRAN, LAPORAN, \
    atau INDIKATOR : (kode) pada judul di atas tabel, lalu impor lagi";
pub(super) const ASK_PLAN_MARKS: &str = "tabel ini berjudul JADWAL, tetapi sebagian besar isi di bawah bulannya bukan tanda yang dikenal, jadi \
    tidak dibaca; tulis X pada setiap bulan yang direncanakan, atau terangkan tandanya di bawah tabel (misalnya A = Tim KIA), lalu impor \
    lagi";
pub(super) const ASK_LIST: &str = "daftar indikator tanpa kode ini tidak jelas jenisnya, jadi tidak dibaca; tulis INDIKATOR LAYANAN \
    atau INDIKATOR KINERJA PEMBINAAN pada judul di atas tabel, lalu impor lagi";

/// Says of a list of indicators whose columns are not known what it needs: names and targets, and which list it is.
pub(super) fn list_asked(row: u32) -> String {
    format!(
        "paling mirip daftar indikator (judul di baris {row}), tetapi kolomnya tidak dikenal; bila benar, tulis Indikator dan Target (%) \
         sebagai judul kolom nama dan targetnya, dan INDIKATOR LAYANAN (indikator program) atau INDIKATOR KINERJA PEMBINAAN \
         (SK kinerja jaringan dan jejaring) pada judul di atas tabel, lalu impor lagi"
    )
}

pub(super) const ASK_TARGET: &str = "kolom target di tabel ini bukan untuk tahun pada judul; tulis TAHUN yang benar di atas tabel, atau \
    tambahkan kolom TARGET tahun itu, lalu impor lagi";
pub(super) const ASK_TARGET_PARTS: &str = "target di tabel ini ditulis per triwulan atau semester dan target setahunnya tidak jelas, jadi tidak \
    dibaca; tulis satu kolom Target (%) dengan target setahun, lalu impor lagi";
pub(super) const ASK_DONE: &str = "tabel dengan bulan mendatar ini tampaknya mencatat kegiatan yang sudah dilaksanakan, tetapi tidak \
    jelas apakah itu pembinaan, jadi tidak dibaca; tulis PEMBINAAN JARINGAN/JEJARING pada judulnya dan √ atau tanggal di bawah \
    bulannya, atau buat rekap Pembinaan dengan kolom Tanggal dan Nama Jaringan/Jejaring, lalu impor lagi";
pub(super) const ASK_YEARS: &str = "judul dan nama lembar menyebut tahun yang berbeda, jadi tabel tanpa tanggal ini tidak dibaca; betulkan \
    tahunnya, lalu impor lagi";
pub(super) const ASK_CROSSES: &str = "tanda x di sini dapat berarti dilaksanakan atau tidak dilaksanakan, dan tidak ada tanda lain, jadi \
    tidak dibaca; tulis √ atau tanggalnya pada bulan yang dilaksanakan, lalu impor lagi";
pub(super) const ASK_CROSSED_REPORTS: &str = "tanda x di sini dapat berarti diterima atau tidak diterima, dan tidak ada tanda lain, jadi \
    tidak dibaca; tulis √ pada laporan yang diterima dan - pada yang belum, lalu impor lagi";
pub(super) const ASK_NUMBERS: &str = "angka di bawah bulan di sini dapat berarti tanggal atau berapa kali, jadi tidak dibaca; tulis √ atau \
    tanggal lengkap (misalnya 12 Mei 2023) pada bulan yang dilaksanakan, lalu impor lagi";

/// Words above tables of months that are none of what was done.
pub(super) const OTHER_SORTS: [&str; 14] = [
    "jadwal",
    "rencana",
    "kalender",
    "agenda",
    "program kerja",
    "target",
    "usulan",
    "plan of action",
    "lokmin",
    "lokakarya",
    "hadir",
    "laporan",
    "capaian",
    "cakupan",
];

pub(super) const ASK_VISIT_ROWS: &str = "tabel pembinaan ini memuat tanggal dan skor beberapa bulan dalam satu baris, jadi tidak dibaca; tulis \
    satu baris untuk setiap pembinaan, dengan kolom Tanggal, Nama Jaringan/Jejaring, dan Skor, lalu impor lagi";
pub(super) const ASK_DISTRICT: &str = "rencana tindak lanjut tanpa nama jaringan/jejaring; tulis TPCB pada judul di atas tabel bila ini \
    tindak lanjut pembinaan TPCB, atau tambahkan kolom Nama Jaringan/Jejaring dan Tanggal Pembinaan";
pub(super) const ASK_COUNTS: &str = "tabel ini hanya memuat persen, sedangkan yang disimpan jumlah orang; tambahkan kolom Sasaran dan Capaian \
    (jumlah, bukan persen) untuk setiap indikator, lalu impor lagi";
pub(super) const ASK_FIGURES: &str = "tabel capaian ini tidak mempunyai kolom yang dikenal sebagai Sasaran dan Capaian, jadi tidak dibaca; tulis \
    Sasaran dan Capaian (jumlah orang) di bawah judul setiap indikator, lalu impor lagi";
pub(super) const ASK_DENOMINATOR: &str = "tabel capaian ini tidak mempunyai kolom Sasaran; tambahkan kolom Sasaran (jumlah orang) di kiri \
    capaiannya, lalu impor lagi";
pub(super) const ASK_MONTHS: &str = "tabel ini hanya memuat angka per triwulan, caturwulan atau semester, sedangkan capaian disimpan per bulan; \
    tulis satu kolom untuk setiap bulan (Jan, Feb, …) di samping Sasaran, lalu impor lagi";
pub(super) const ASK_RECEIVED: &str = "isi tabel laporan ini tidak jelas, jadi tidak dibaca; tulis LAPORAN YANG DITERIMA TAHUN … pada judul di atas tabel, \
    dan di bawah setiap bulan tanggal terimanya, atau Tepat waktu, Terlambat atau Belum (kosong bila belum direkap), lalu \
    impor lagi";
pub(super) const ASK_REPORT_MONTH: &str = "tanggal terima laporan di tabel ini tidak jelas untuk laporan bulan apa; tulis misalnya LAPORAN BULAN \
    MEI 2023 di atas tabel, atau tambahkan kolom Bulan Laporan, lalu impor lagi";
pub(super) const ASK_ONE_YEAR: &str = "bulan di tabel ini dari dua tahun, sedangkan tabel seperti ini dibaca per tahun, jadi tidak \
    dibaca; pisahkan menjadi satu tabel untuk setiap tahun, dengan TAHUN (misalnya TAHUN 2023) di atasnya, lalu impor lagi";
pub(super) const ASK_TURN: &str = "bulan di tabel ini melewati pergantian tahun, tetapi tahunnya tidak jelas, jadi tidak dibaca; tulis \
    tahunnya (misalnya 2023 dan 2024) di atas bulan-bulannya, lalu impor lagi";
pub(super) const ASK_DAY_MARKS: &str = "tanda di bawah tanggal atau minggu ini tidak dikenal, jadi tabelnya tidak dibaca; tulis X pada \
    setiap tanggal yang direncanakan atau dilaksanakan, lalu impor lagi";
pub(super) const ASK_YEAR: &str =
    "tahun tabel ini tidak ditemukan; tulis TAHUN (misalnya TAHUN 2023) di atas tabel, lalu impor lagi";
pub(super) const ASK_REPORT_DAYS: &str = "di bawah bulannya hanya ada tanggal tanpa bulan, tidak jelas bulan itu atau bulan berikutnya, jadi tidak \
    dibaca; tulis di atas tabel (diisi tanggal di bulan berikutnya) bila memang begitu, atau tulis tanggalnya dengan bulan, lalu impor lagi";
pub(super) const ASK_REPORT_KINDS: &str = "di bawah setiap bulan ada beberapa jenis laporan, dan tidak jelas yang mana laporan bulan itu, jadi \
    tidak dibaca; buat satu kolom untuk setiap bulan, berisi tanggal terimanya, atau Tepat waktu, Terlambat atau Belum, lalu impor lagi";
/// Titles of figures of several months.
pub(super) const ASK_SPLIT_SPAN: &str = "judulnya menyebut triwulan, semester atau caturwulan, sedangkan capaian dibaca per bulan; jumlah beberapa bulan \
    tidak dapat dipecah, jadi tidak dibaca; buat satu tabel untuk setiap bulan, dengan BULAN (misalnya BULAN : MEI 2023) di atasnya \
    sebagai pengganti judul itu, lalu impor lagi";
pub(super) const ASK_MONTH: &str =
    "bulan tabel ini tidak ditemukan; tulis BULAN (misalnya BULAN : MEI 2023) di atas tabel, lalu impor lagi";

pub(super) const ASK_FACILITY: &str = "tabel ini tidak mempunyai kolom nama jaringan/jejaring dan tidak menyebut namanya di atas tabel, \
    jadi tidak dibaca; tulis misalnya NAMA JARINGAN/JEJARING : Klinik Sehat di atas tabel bila semua barisnya milik faskes itu, atau \
    Nama Jaringan/Jejaring sebagai judul kolom yang menyebut faskes setiap baris, lalu impor lagi";

pub(super) const ASK_FORM: &str = "lembar ini tampaknya formulir pembinaan, tetapi nama jaringan/jejaring atau tanggalnya tidak ditemukan, jadi \
    tidak dibaca; tulis misalnya Nama Faskes : Klinik Sehat dan Tanggal : 12 Mei 2023 di baris sendiri di atas isinya, lalu impor \
    lagi";
pub(super) const ASK_FORM_SCORES: &str = "formulir ini memuat lebih dari satu skor untuk satu pembinaan, jadi tidak dibaca; sisakan satu baris \
    Skor, lalu impor lagi";
pub(super) const ASK_CHECKLIST: &str = "skor daftar tilik ini tidak pasti (ada item yang jawabannya kosong, ganda atau tidak dikenal, atau \
    jumlah yang tertulis lain dari jumlah itemnya), jadi tidak dibaca; tulis misalnya Skor : 17/20 di baris sendiri di bawah tanggal, lalu \
    impor lagi";
pub(super) const ASK_INSTRUMENT: &str = "item lembar ini ada di beberapa daftar tilik, dan judulnya tidak menyebut yang mana, jadi tidak \
    dibaca; tulis judul daftar tiliknya (misalnya DAFTAR TILIK PUSTU) di atas itemnya, lalu impor lagi";
pub(super) const ASK_UNFILLED: &str = "daftar tilik ini belum diisi, jadi tidak ada yang dibaca; isi jawabannya (Ya, Tidak, atau TB), lalu \
    impor lagi";
pub(super) const ASK_WHOSE_CHECKLIST: &str = "daftar tilik ini tidak menyebut nama jaringan/jejaring atau tanggalnya, jadi tidak dibaca; \
    tulis misalnya Nama Faskes : Klinik Sehat dan Tanggal : 12 Mei 2023 di baris sendiri di atas itemnya, lalu impor lagi";
pub(super) const ASK_ACROSS_ITEMS: &str = "daftar tilik beberapa jaringan/jejaring mendatar tanpa tanggal setiap pembinaannya, jadi tidak dibaca; \
    tulis baris Tanggal dan baris Skor (misalnya 17/20) di bawah nama-namanya, lalu impor lagi";
pub(super) const ASK_ACROSS_SERVED: &str = "capaian dengan nama mendatar ini tidak memuat sasaran setiap nama, jadi tidak dibaca; tulis dua kolom \
    Sasaran dan Capaian (jumlah orang) di bawah setiap nama, lalu impor lagi";
pub(super) const ASK_SIGNED: &str = "daftar hadir ini tidak memuat tanda tangan yang dapat dibaca (yang ditulis di kertas tidak ada di berkas), \
    jadi tidak dibaca; isi √ di kolom Tanda Tangan pada yang hadir dan - pada yang diundang tetapi tidak hadir, lalu impor lagi";
pub(super) const ASK_SIGNED_DAY: &str = "tanggal lokmin daftar hadir ini tidak ditemukan, jadi tidak dibaca; tulis misalnya Tanggal : 12 Mei 2023 \
    di atas tabelnya, lalu impor lagi";

/// Asks whose the cells are where a row names a *jaringan* and a *jejaring*.
pub(super) fn two_names_asked(row: u32) -> String {
    format!(
        "tabel ini mempunyai kolom nama jaringan dan kolom nama jejaring, dan tidak jelas isi baris {row} untuk nama yang \
         mana, jadi tidak dibaca; tulis satu baris untuk setiap nama dengan satu kolom Nama Jaringan/Jejaring, lalu impor \
         lagi"
    )
}

/// Asks which of two columns of names names those that the rows are of.
pub(super) fn name_columns_asked(columns: [&str; 2]) -> String {
    let [one, other] = columns;
    format!(
        "kolom \"{one}\" dan kolom \"{other}\" sama-sama berisi nama faskes, dan tidak jelas baris-barisnya milik faskes di \
         kolom yang mana, jadi tidak dibaca; tulis Nama Jaringan/Jejaring sebagai judul kolom yang benar, lalu impor lagi"
    )
}

pub(super) const ASK_GUESTS: &str = "jumlah yang hadir di sel ini kosong, bukan angka, atau lebih dari undangannya, jadi tabel ini tidak dibaca; \
    tulis jumlah orang yang hadir (0 bila tidak ada), lalu impor lagi";
pub(super) const ASK_GUESTS_MONTH: &str = "tabel kehadiran ini memuat jumlah undangan dan jumlah hadir tanpa menyebut rapat bulan apa, jadi tidak \
    dibaca; tulis BULAN (misalnya BULAN : MEI 2023) di atas tabel bila ini satu rapat, atau satu kolom untuk setiap bulan dengan √ bila \
    hadir dan - bila tidak hadir, lalu impor lagi";
pub(super) const ASK_QUARTER_MEETINGS: &str = "rapat di tabel ini ditulis per triwulan tanpa tanggalnya, sedangkan kehadiran disimpan menurut bulan \
    rapatnya; tulis tanggal rapatnya (misalnya 20 Maret) di bawah setiap TW, lalu impor lagi";
pub(super) const ASK_MEETINGS_OF_MONTH: &str = "dua kolom kehadiran di tabel ini untuk rapat di bulan yang sama, sedangkan kehadiran disimpan satu \
    untuk setiap bulan, jadi tidak dibaca; sisakan satu kolom untuk setiap bulan, lalu impor lagi";
pub(super) const ASK_SUBJECTS: &str = "buku ini memuat beberapa jenis laporan, dan tidak jelas yang mana laporan bulanan faskes, jadi tidak dibaca; \
    sisakan baris laporan bulanannya saja, lalu impor lagi";

/// Asks about a row whose frequency is another than the number of its months.
pub(super) fn frequency_asked(row: u32, often: usize, months: &str) -> String {
    format!(
        "baris {row} menyebut {often} kali, tetapi bulannya {months}, jadi jadwal ini tidak dibaca; samakan keduanya, lalu impor \
         lagi"
    )
}

/// Says of a table that counts facilities that it names none.
pub(super) fn kinds_counted_asked(kinds: &str) -> String {
    format!(
        "tabel ini memuat jumlah faskes menurut desa dan jenisnya ({kinds}), tanpa nama faskesnya, jadi tidak ada yang dapat \
         dibaca; tulis satu baris untuk setiap faskes dengan kolom Nama Jaringan/Jejaring, Jenis, dan Desa, lalu impor lagi; \
         bila hanya rekap, abaikan"
    )
}

/// Asks which of two years a table without one in its title is of.
pub(super) fn years_asked(of_sheet: i32, of_file: i32) -> String {
    format!(
        "tahun tabel ini tidak pasti: judulnya tidak menyebut tahun, nama lembar menyebut {of_sheet}, nama berkas \
         menyebut {of_file}, jadi tidak dibaca; tulis TAHUN (misalnya TAHUN {of_file}) di atas tabel dan betulkan nama yang \
         keliru, lalu impor lagi"
    )
}
/// Asks which year is meant, that of the title or the one that the headings of the months write.
pub(super) fn heading_year_asked(of_title: i32, of_heads: i32) -> String {
    format!(
        "judul di atas tabel menyebut tahun {of_title}, sedangkan judul kolom bulannya bertahun {of_heads} (klik selnya untuk \
         melihat), jadi tidak dibaca; betulkan yang keliru, lalu impor lagi"
    )
}
pub(super) const ASK_FIGURE_ROWS: &str = "setiap nama mempunyai beberapa baris angka, dan tidak jelas baris mana yang capaian, jadi tidak dibaca; \
    tulis Sasaran, Target, Capaian atau % pada kolom di antara nama dan angkanya, atau jumlahkan menjadi satu baris setiap \
    nama, lalu impor lagi";
pub(super) const ASK_TARGET_ROWS: &str = "baris target di bawah setiap nama tidak jelas sasarannya, jadi tidak dibaca; tambahkan kolom Sasaran (jumlah \
    orang setahun) di samping nama, atau tulis Sasaran pada baris itu bila memang sasaran, lalu impor lagi";
pub(super) const ASK_FRACTIONS: &str = "dua angka dalam satu sel di sini tidak jelas mana capaian dan mana sasaran, jadi tidak dibaca; tulis kolom \
    Sasaran dan Capaian tersendiri di bawah setiap bulan atau indikator, lalu impor lagi";
pub(super) const ASK_OWN_COUNTS: &str = "lembar indikator Puskesmas ini hanya memuat persen, sedangkan yang disimpan pembilang dan \
    penyebutnya, jadi tidak dibaca; tambahkan kolom Numerator dan Denumerator (jumlah) di samping persennya, lalu impor lagi";
pub(super) const ASK_OWN_SPAN: &str = "angka di lembar ini untuk beberapa bulan, dan tidak jelas dihitung sejak Januari atau bulan-bulan \
    itu saja, jadi tidak dibaca; tulis S/D di depan bulan terakhirnya di judul (misalnya S/D JUNI 2025) bila sejak Januari, atau buat \
    satu kolom untuk setiap bulan, lalu impor lagi";
pub(super) const ASK_PLAN_DOCUMENT: &str = "judul lembar ini menyebut RUK dan RPK sekaligus, jadi belum dibaca; tulis salah satunya saja di \
    judul, atau tambahkan kolom Dokumen berisi RUK atau RPK di setiap baris, lalu impor lagi";
pub(super) const ASK_PKP_NAME: &str = "baris PKP ini punya angka tetapi tidak punya nama, jadi lembar ini tidak dibaca; tulis nama variabel atau \
    sub variabelnya di baris ini, atau hapus angkanya, lalu impor lagi";
