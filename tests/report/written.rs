//! What people wrote beside the figures, from workbook to paper: printed as it stands, only by its day, never invented.

use std::fs;
use std::path::{Path, PathBuf};

use super::read_back::{checked_pages, docx_rows, docx_xml, paper, words_outside};
use crate::support::{Simpul, workbooks};

const HOSTILE: &str = "#let x = 1; \\ <w:t> =1+1 & $a$";

fn file(simpul: &Simpul, name: &str, lines: &[&str]) -> PathBuf {
    let path = simpul.data().join(name);
    fs::write(&path, lines.join("\r\n")).unwrap();
    path
}

/// The worked case, with a row or two of every table.
fn written() -> Simpul {
    let simpul = Simpul::new();
    let mut files = workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023"));
    let problems = [
        "UPT PUSKESMAS ABCDE",
        "EVALUASI CATURWULAN II TAHUN 2023",
        "No,Nama,Masalah,Penyebab,Tindak Lanjut,Penanggung Jawab,Batas Waktu,Tanggal Selesai,Bukti",
        "1,Klinik Wahyu Husada,Laporan terlambat,Petugas baru,Pendampingan,Ani,30/9/2023,15/8/2023,Notulen",
        &format!("2,Puskesmas,\"{HOSTILE}\",,,,,5/9/2023,"),
    ];
    files.push(file(&simpul, "evaluasi.csv", &problems));
    let decisions = [
        "UPT PUSKESMAS ABCDE",
        "NOTULEN LOKMIN TAHUN 2023",
        "No,Tanggal,Masalah,Keputusan,Penanggung Jawab,Batas Waktu,Tindak Lanjut,Jenis Rapat",
        "1,10/5/2023,K6 turun,Kelas ibu hamil,Ani,1/6/2023,,",
        "2,10/5/2023,,Sudah dijalankan,Ani,1/6/2023,Terlaksana,",
        "3,14/6/2023,HT rendah,Posbindu keliling,Budi,1/7/2023,,",
        "4,12/7/2023,,Keputusan yang akan datang,,,,",
        "5,20/6/2023,,Survei kepuasan diulang,Citra,1/8/2023,,Tinjauan manajemen",
    ];
    files.push(file(&simpul, "notulen.csv", &decisions));
    let coaching = [
        "UPT PUSKESMAS ABCDE",
        "PEMBINAAN TPCB TAHUN 2023",
        "No,Tanggal,Jenis Pembinaan,Temuan (Fakta),Rekomendasi Puskesmas,Tanggal Dikirim,Tanggal Diterima",
        "1,11/7/2023,Terpadu,RUK kosong,Lengkapi RUK,15/7/2023,17/7/2023",
    ];
    files.push(file(&simpul, "tpcb.csv", &coaching));
    let answers = [
        "UPT PUSKESMAS ABCDE",
        "TINDAK LANJUT TPCB TAHUN 2023",
        "No,Rencana Tindak Lanjut,Tanggal Pelaksanaan",
        "1,Mengisi RUK,20/8/2023",
    ];
    files.push(file(&simpul, "jawaban.csv", &answers));
    let clusters = [
        "CLUSTER TAHUN 2023",
        "No,Puskesmas,Cluster,Ket",
        "1,Abcde,Cluster Utara",
        "2,Bendosari,Cluster Selatan,belum ada data",
    ];
    files.push(file(&simpul, "cluster.csv", &clusters));
    let receipt = simpul.import(&files);
    for file in receipt["files"].as_array().unwrap().iter().rev().take(5) {
        assert_eq!(
            (file["status"].as_str(), file["issues"].as_array().map(Vec::len)),
            (Some("imported"), Some(0)),
            "{file}"
        );
    }
    simpul
}

fn row_with<'r>(rows: &'r [Vec<String>], word: &str) -> &'r Vec<String> {
    rows.iter().find(|row| row.iter().any(|cell| cell == word)).unwrap_or_else(|| unreachable!("{word}: {rows:?}"))
}

#[test]
fn an_evaluation_prints_problems_causes_and_proof_as_written() {
    let simpul = written();
    let rows = docx_rows(&paper(&simpul, "evaluasi", "2023-C2", "docx"));
    let row = row_with(&rows, "Laporan terlambat");
    assert_eq!(
        row[1..],
        [
            "Klinik Wahyu Husada",
            "Laporan terlambat",
            "Petugas baru",
            "Pendampingan",
            "Ani",
            "30 September 2023",
            "Notulen; selesai 15 Agustus 2023"
        ]
    );
    // Done after the period's last day: not by then. No cause was written, and none stands there.
    let own = row_with(&rows, HOSTILE);
    assert_eq!((own[1].contains("ABCDE"), &own[3..]), (true, ["", "", "", "", ""].map(str::to_owned).as_slice()));
    let pdf = paper(&simpul, "evaluasi", "2023-C2", "pdf");
    assert!(checked_pages(&pdf) > 3);
    assert_eq!(words_outside(&pdf), Vec::<String>::new());
    let other = docx_xml(&paper(&simpul, "evaluasi", "2023-C1", "docx"));
    assert!(!other.contains("Laporan terlambat"), "another period's problems");
}

#[test]
fn lokmin_tells_the_last_decisions_and_what_is_still_open() {
    let simpul = written();
    let material = paper(&simpul, "lokmin", "2023-06", "docx");
    let rows = docx_rows(&material);
    assert_eq!(row_with(&rows, "Posbindu keliling").last().unwrap(), "belum");
    assert_eq!(row_with(&rows, "Kelas ibu hamil").last().unwrap(), "lewat batas");
    let all = docx_xml(&material);
    assert!(!all.contains("Sudah dijalankan") && !all.contains("yang akan datang"));
    // What a management review decided stands apart, and its day is no day of a lokmin.
    assert!(all.contains("Lokmin terakhir yang dicatat: 14 Juni 2023"), "{all}");
    let own = all.split("Keputusan tinjauan manajemen yang belum selesai").nth(1).unwrap();
    assert!(own.contains("Survei kepuasan diulang") && !own.contains("Posbindu keliling"));
    assert_eq!(all.matches("Survei kepuasan diulang").count(), 1);
    let minutes = docx_xml(&paper(&simpul, "notulen", "2023-05", "docx"));
    assert!(minutes.contains("Rabu, 10 Mei 2023") && minutes.contains("Kelas ibu hamil"));
    assert!(!minutes.contains("Terlaksana"), "what became of it is the next meeting's to tell");
    assert!(!docx_xml(&paper(&simpul, "notulen", "2023-04", "docx")).contains("Kelas ibu hamil"));
}

#[test]
fn the_districts_coaching_stands_in_its_papers_with_its_dates() {
    let simpul = written();
    let report = paper(&simpul, "tpcb", "2023-C2", "docx");
    let rows = docx_rows(&report);
    assert_eq!(row_with(&rows, "RUK kosong")[1..3], ["11 Juli 2023", "Terpadu"]);
    assert_eq!(row_with(&rows, "Mengisi RUK").last().unwrap(), "20 Agustus 2023");
    let xml = docx_xml(&report);
    assert!(xml.contains("Cluster Utara") && xml.contains("1 kali pada periode ini"));
    assert!(!xml.contains("dr. Tim") && xml.contains("Anggota tim"), "a dotted line where nobody is named");
    let letters = simpul.data().join("letters");
    fs::create_dir(&letters).unwrap();
    let letter = "above = [\"PEMERINTAH KABUPATEN CONTOH\", \"DINAS KESEHATAN\"]\nteam = [\"dr. Tim\", \"Bd. Ani\"]\n";
    fs::write(letters.join("abcde.toml"), letter).unwrap();
    let xml = docx_xml(&paper(&simpul, "tpcb", "2023-C2", "docx"));
    assert!(xml.contains("dr. Tim; Bd. Ani") && xml.contains("Dinas Kesehatan Kabupaten Contoh"), "{xml}");
    // Three months before it: the form to fill in.
    assert!(docx_xml(&paper(&simpul, "tpcb", "2023-C1", "docx")).contains("Diisi TPCB"));

    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("berkas.zip");
    let run = simpul.run(["report", "akreditasi", "2023-C2", "--format", "docx", "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let mut bundle = zip::ZipArchive::new(fs::File::open(&out).unwrap()).unwrap();
    let index = folder.path().join("indeks.docx");
    std::io::copy(&mut bundle.by_name("00-indeks.docx").unwrap(), &mut fs::File::create(&index).unwrap()).unwrap();
    let rows = docx_rows(&index);
    for (what, day, element) in [
        ("Pembinaan dilaksanakan", "11 Juli 2023", "c"),
        ("Umpan balik dikirim", "15 Juli 2023", "d"),
        ("Umpan balik diterima Puskesmas", "17 Juli 2023", "h"),
        ("Tindak lanjut dilaksanakan", "20 Agustus 2023", "h"),
    ] {
        let row = row_with(&rows, what);
        assert_eq!((row[1].as_str(), row[4].as_str()), (day, element), "{row:?}");
    }
}

#[test]
fn a_cluster_is_reported_alone_and_an_unknown_one_is_told() {
    let simpul = written();
    let register = [
        "UPT PUSKESMAS BENDOSARI",
        "DAFTAR IDENTIFIKASI TAHUN 2023",
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok,Alamat",
        "1,Klinik Lain,Klinik,Jejaring,Jl. Mawar",
    ];
    simpul.import(&[file(&simpul, "bendosari.csv", &register)]);
    let out = simpul.data().join("cluster.docx");
    let report = |cluster: &str| {
        let out = out.to_string_lossy();
        simpul.run(["report", "tpcb-cluster", "2023-C2", "--cluster", cluster, "--out", &out])
    };
    let run = report("utara");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let xml = docx_xml(&out);
    assert!(xml.contains("Cluster Utara") && xml.contains("1 Puskesmas") && !xml.contains("BENDOSARI"), "{xml}");
    // Signed by the district's people, not by a Puskesmas' head, whose file is for every Puskesmas.
    let letters = simpul.data().join("letters");
    fs::create_dir(&letters).unwrap();
    let person = |name: &str| format!("[head]\nname = \"{name}\"\n");
    fs::write(letters.join("semua.toml"), person("dr. Puskesmas")).unwrap();
    assert_eq!(report("utara").status, 0);
    assert!(!docx_xml(&out).contains("dr. Puskesmas"));
    fs::write(letters.join("tpcb.toml"), format!("puskesmas = \"TPCB\"\n{}", person("dr. Kadis"))).unwrap();
    assert_eq!(report("utara").status, 0);
    assert!(docx_xml(&out).contains("dr. Kadis"));
    let unknown = report("Barat");
    assert_ne!(unknown.status, 0);
    assert!(unknown.stderr.contains("Cluster Selatan, Cluster Utara"), "{}", unknown.stderr);
}
