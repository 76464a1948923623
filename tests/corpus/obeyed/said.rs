//! Which sentences of the reader tell somebody what to do: a new one without a line that obeys it fails here.

use std::fs;
use std::path::{Path, PathBuf};

use super::brought_forth;

/// What sentences begin their advice with.
const ADVICE: [&str; 24] = [
    "tulis",
    "isi",
    "perbaiki",
    "hapus",
    "tambahkan",
    "betulkan",
    "pakai",
    "kosongkan",
    "sisakan",
    "samakan",
    "pindahkan",
    "hilangkan",
    "buat",
    "ganti",
    "beri",
    "impor",
    "periksa",
    "pilih",
    "jelaskan",
    "tampilkan",
    "pisahkan",
    "sebutkan",
    "gabungkan",
    "ubah",
];
/// Shortest sentence, characters.
const SENTENCE_CHARS: usize = 15;

/// Sentences that are obeyed in another test, by words that stand in both.
const ELSEWHERE: [(&str, &str); 80] = [
    ("jumlahkan menjadi satu kolom untuk setiap bulan", "corpus/third_figures.rs"),
    ("betulkan nama lembar dan judulnya", "corpus/third_reader.rs"),
    ("tulis di atas tabel (diisi tanggal di bulan berikutnya) bila memang begitu", "corpus/third_figures.rs"),
    ("jadi tidak dibaca; buat satu kolom untuk setiap bulan", "corpus/third_figures.rs"),
    ("tidak dapat dipecah, jadi tidak dibaca; buat satu tabel untuk setiap bulan", "corpus/third_figures.rs"),
    ("tidak jelas milik siapa; pisahkan selnya dan tulis angka setiap baris", "corpus/third_figures.rs"),
    ("jadi buktinya tidak dibaca; tulis Ada atau Tidak", "corpus/third_figures.rs"),
    ("jadi tidak ada rencana yang disimpan; beri tanda X pada bulan yang direncanakan", "corpus/third_reader.rs"),
    ("bila baris ini hanya jumlahnya, kosongkan angkanya lalu impor lagi", "corpus/third_figures.rs"),
    ("tambahkan kolom Skor Daftar Tilik berisi angkanya, lalu impor lagi", "corpus/third_figures.rs"),
    ("bila bukan, tulis - pada yang tidak hadir", "corpus/third_reader.rs"),
    ("bila bukan, ubah judul kolomnya", "corpus/third_reader.rs"),
    ("jadi semua barisnya dibaca sebagai milik ", "corpus/third_reader.rs"),
    ("bila ada yang lain, tambahkan kolom Tanggal", "corpus/third_reader.rs"),
    ("bila ada yang lain, tambahkan kolom Desa", "corpus/third_reader.rs"),
    ("karena berisi nama faskes; bila bukan, ubah judulnya", "corpus/third_reader.rs"),
    ("yang hari dan bulannya ditukar Excel", "corpus/written_years.rs"),
    ("bila bukan, tulis satu baris untuk setiap kunjungan", "corpus/planner.rs"),
    ("jadi tabelnya tidak dibaca; tulis X pada", "corpus/planner.rs"),
    ("bukan rencana, melainkan keadaannya; tulis apa yang harus dilakukan", "corpus/planner.rs"),
    ("bila memang itu, tulis ", "corpus/planner.rs"),
    ("tulis √ pada yang hadir dan - pada yang diundang", "corpus/in_doubt.rs"),
    ("tidak jelas satu kunjungan atau setiap bulan; pisahkan selnya", "corpus/in_doubt.rs"),
    ("tulis 0 bila hasilnya nol, atau - bila tidak ada laporan", "corpus/other_words.rs"),
    ("beberapa jenis dicentang; sisakan satu centang", "corpus/registers.rs"),
    ("jadi tidak dibaca; betulkan yang keliru, lalu impor lagi", "corpus/written_years.rs"),
    ("sisakan baris Puskesmas sendiri saja", "corpus/careful.rs"),
    ("hapus (%) dari judul bila jumlah orang", "corpus/careful.rs"),
    ("baris dibaca sebagai status, karena tidak ada kolom Status", "corpus/careful.rs"),
    ("tulis perubahannya di tabel Perubahan Jadwal", "corpus/careful.rs"),
    ("tulis jenisnya di satu kolom Jenis", "corpus/careful.rs"),
    ("tulis Indikator dan Target (%)", "corpus/other_words.rs"),
    ("bila keduanya berlaku, gabungkan dalam satu lembar, dan bila bulannya", "corpus/obeyed/sheets.rs"),
    ("belum ada data Puskesmas di folder ini, jadi nama di kolom", "corpus/obeyed/sheets.rs"),
    ("tambahkan kolom Batas Waktu di sebelahnya", "corpus/asked.rs"),
    ("tambahkan kolom Sasaran dan Capaian", "corpus/asked.rs"),
    ("tulis LAPORAN YANG DITERIMA TAHUN … pada judul", "corpus/asked.rs"),
    ("Tanggal : 12 Mei 2023 di baris sendiri", "corpus/asked.rs"),
    ("tulis misalnya Skor : 17/20 di baris sendiri di bawah tanggal", "corpus/asked.rs"),
    ("tulis baris Tanggal dan baris Skor", "corpus/asked.rs"),
    ("tulis dua kolom Sasaran dan Capaian", "corpus/asked.rs"),
    ("isi √ di kolom Tanda Tangan", "corpus/asked.rs"),
    ("tulis misalnya Tanggal : 12 Mei 2023", "corpus/asked.rs"),
    ("impor daftar itu, lalu impor lagi berkas ini", "corpus/asked.rs"),
    ("sisakan satu baris", "corpus/asked.rs"),
    ("berdiri sendiri", "corpus/unread.rs"),
    ("tidak dikenali", "corpus/unread.rs"),
    ("tersembunyi", "corpus/identity.rs"),
    ("berisi kata", "corpus/parts.rs"),
    ("tanpa tanda tangan tidak dibaca", "corpus/shapes.rs"),
    ("beri warna rencana pada sel itu", "recap_plan_looks.rs"),
    ("bukan jawaban yang pasti; tulis Ya, Tidak, atau TB (tidak berlaku)", "import/checklists.rs"),
    ("tulis judul daftar tiliknya (misalnya DAFTAR TILIK PUSTU)", "import/checklists.rs"),
    ("isi jawabannya (Ya, Tidak, atau TB)", "import/checklists.rs"),
    ("betulkan kode atau kalimatnya", "import/checklists.rs"),
    ("betulkan namanya, atau tambahkan berkasnya di folder instruments", "import/checklists.rs"),
    ("tulis kalimatnya seperti di daftar tilik itu", "import/checklists.rs"),
    (": tulis kalimatnya seperti itu", "import/checklists.rs"),
    ("tulis Ya bila terpenuhi, atau skornya di kolom yang juga memuat skor di atas 1", "import/checklists.rs"),
    ("jawaban dan nilainya berbeda; sisakan salah satu", "import/checklists.rs"),
    (" di daftar tiliknya; betulkan nilainya", "import/checklists.rs"),
    ("; samakan salah satunya", "import/checklists.rs"),
    ("yang dipakai hasil hitung dari item, periksa lembarnya", "import/checklists.rs"),
    ("tulis nama variabel atau sub variabelnya di baris ini, atau hapus angkanya", "corpus/pkp.rs"),
    ("yang dipakai hasil hitung ulang, periksa rumus sel ini", "corpus/pkp.rs"),
    ("bila aturannya lain, tulis Nilai Ring", "corpus/pkp.rs"),
    ("bila keliru, beri setiap baris nomor bertingkat (I, A, 1, a)", "corpus/pkp.rs"),
    ("betulkan namanya, atau tambahkan di Indikator Puskesmas", "corpus/own_indicators.rs"),
    ("tambahkan kolom Numerator dan Denumerator (jumlah) di samping persennya", "corpus/own_indicators.rs"),
    ("tulis S/D di depan bulan terakhirnya di judul", "corpus/own_indicators.rs"),
    ("bila hitungan sejak Januari, tulis S/D", "corpus/own_indicators.rs"),
    ("angka bulan yang sama sudah ada di sel lain", "corpus/own_indicators.rs"),
    ("isi pembilangnya", "corpus/own_indicators.rs"),
    ("isi penyebutnya", "corpus/own_indicators.rs"),
    ("tulis angkanya saja, misalnya 1.250.000", "import/plans.rs"),
    ("tulis tahunnya, misalnya 2024, atau kosongkan bila sama dengan judul", "import/plans.rs"),
    ("tulis salah satunya saja di judul, atau tambahkan kolom Dokumen", "import/plans.rs"),
    ("beri setiap kegiatan satu baris dengan nomor urut", "import/plans.rs"),
    ("yang dipakai hasil hitung ulang, periksa sel ini", "import/plans.rs"),
    ("yang dipakai jumlah rinciannya, periksa sel ini", "import/plans.rs"),
];
/// Sentences that tell of a guess that only the page of explained columns or another sort of table undoes, or that no
/// workbook of ours has brought forth yet: a list that may only get shorter.
const BEYOND: [&str; 7] = [
    "dikatakan tidak dihitung",
    "betulkan bila salah ketik",
    "jelaskan kolomnya di halaman Impor",
    "buat rekap",
    "bertanda sama (\", idem, sda) dibaca sama dengan sel di atasnya, misalnya {place} dibaca \"{text}\"",
    "isi √ atau tanggalnya pada setiap bulan yang dilaksanakan",
    "memuat tanggal dan skor beberapa bulan dalam satu baris",
];

/// Source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|ext| ext == "rs") && !entry.ends_with("tests.rs") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

/// The texts between quotation marks of a source file, tests and comments apart.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut characters = source.chars().peekable();
    let (mut found, mut before) = (Vec::new(), ' ');
    while let Some(character) = characters.next() {
        match character {
            '/' if before == '/' => {
                characters.by_ref().find(|character| *character == '\n');
            }
            // A character, not a lifetime: `'"'`.
            '\'' if characters.peek() == Some(&'"') => {
                characters.nth(1);
            }
            '"' => found.push(literal(&mut characters)),
            _ => {}
        }
        before = character;
    }
    found
}

/// The rest of a text, its escapes undone.
fn literal(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut text = String::new();
    while let Some(character) = characters.next().filter(|character| *character != '"') {
        match character {
            '\\' => match characters.next() {
                Some('\n') => while characters.next_if(|next| next.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => {}
            },
            _ => text.push(character),
        }
    }
    text
}

/// Reports whether a text tells somebody what to do.
fn is_advice(text: &str) -> bool {
    let begins = |part: &str| {
        let word = part.trim_start().split([' ', ',']).next().unwrap_or_default();
        ADVICE.contains(&word)
    };
    text.chars().count() >= SENTENCE_CHARS && text.contains(' ') && text.split([';', ',', ':']).any(begins)
}

/// The longest part of a text between the places that are filled in.
fn fixed(text: &str) -> &str {
    let parts = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.max_by_key(|part| part.len()).unwrap_or_default()
}

#[test]
fn every_sentence_that_advises_is_obeyed_by_a_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let brought = brought_forth();
    let mut missing = Vec::new();
    for path in sources(&root.join("src/recap")) {
        // What is said to who explains columns on the page is no sentence about a cell.
        if path.components().any(|part| part.as_os_str() == "profile") {
            continue;
        }
        for text in literals(&fs::read_to_string(&path).unwrap()).iter().filter(|text| is_advice(text)) {
            let own = fixed(text);
            let is_elsewhere = ELSEWHERE.iter().any(|(words, _)| text.contains(words));
            let is_beyond = BEYOND.iter().any(|words| text.contains(words));
            if !is_elsewhere && !is_beyond && !brought.iter().any(|message| message.contains(own)) {
                missing.push(format!("{}: {own}", path.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(missing.is_empty(), "{} sentences that nobody obeys:\n{}", missing.len(), missing.join("\n"));
    for (words, test) in ELSEWHERE {
        assert!(fs::read_to_string(root.join("tests").join(test)).unwrap().contains(words), "{test}: {words}");
    }
}
