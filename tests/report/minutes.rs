//! Minutes hold their own meeting and nothing later: its day, who came, its decisions.

use std::fs;
use std::path::{Path, PathBuf};

use super::read_back::{docx_xml, paper, pdf_lines};
use crate::support::{Simpul, workbooks};

fn file(simpul: &Simpul, name: &str, lines: &[&str]) -> PathBuf {
    let path = simpul.data().join(name);
    fs::write(&path, lines.join("\r\n")).unwrap();
    path
}

/// The worked case with two meetings, one of them followed up later.
fn met() -> Simpul {
    let simpul = Simpul::new();
    let mut files = workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023"));
    let decisions = [
        "UPT PUSKESMAS ABCDE",
        "NOTULEN LOKMIN TAHUN 2023",
        "No,Tanggal,Masalah,Keputusan,Penanggung Jawab,Batas Waktu,Tindak Lanjut,Tanggal Selesai",
        "1,10/5/2023,K6 turun,Kelas ibu hamil,Ani,1/6/2023,Kelas dibuka,3/6/2023",
        "2,14/6/2023,HT rendah,Posbindu keliling,Budi,1/7/2023,,",
    ];
    files.push(file(&simpul, "notulen.csv", &decisions));
    let receipt = simpul.import(&files);
    assert_eq!(receipt["files"].as_array().unwrap().last().unwrap()["status"], "imported", "{receipt}");
    simpul
}

fn words(path: &Path) -> String {
    pdf_lines(path).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn minutes_tell_of_their_day_and_of_nothing_later() {
    let simpul = met();
    let minutes = words(&paper(&simpul, "notulen", "2023-05", "pdf"));
    for said in [
        "Hari, tanggal : Rabu, 10 Mei 2023",
        "Data per 10 Mei 2023",
        "Lokakarya mini bulanan, Mei 2023",
        "Agenda dan pokok bahasan • K6 turun.",
        "Kelas ibu hamil",
        "Diundang",
        "• Hadir: ",
        "• Tidak hadir: ",
    ] {
        assert!(minutes.contains(said), "{said}: {minutes}");
    }
    for later in ["Kelas dibuka", "31 Mei 2023", "Posbindu", "3 Juni 2023"] {
        assert!(!minutes.contains(later), "{later}: {minutes}");
    }
    // The material of the next meeting tells what was done by then.
    let before = docx_xml(&paper(&simpul, "lokmin", "2023-05", "docx"));
    assert!(!before.contains("Kelas dibuka"), "done after the paper's day");
}

#[test]
fn minutes_of_a_quarter_are_of_its_own_meeting_alone() {
    let simpul = met();
    let unknown = words(&paper(&simpul, "notulen", "2023-Q2", "pdf"));
    assert!(unknown.contains("lokmin tribulanan Triwulan II 2023 belum diketahui"), "{unknown}");
    assert!(!unknown.contains("Kelas ibu hamil") && !unknown.contains("Posbindu keliling"), "{unknown}");
    let quarterly = [
        "KEHADIRAN LOKMIN",
        "UPT PUSKESMAS ABCDE",
        "BULAN : JUNI 2023",
        "No,Nama Jaringan/Jejaring,Diundang,Hadir,Jenis",
        "1,Apotik Alvi,Ya,Ya,Tribulanan",
        "2,Klinik Wahyu Husada,Ya,Tidak,Tribulanan",
    ];
    let receipt = simpul.import(&[file(&simpul, "lokmin-tribulanan.csv", &quarterly)]);
    assert_eq!(receipt["files"][0]["status"], "imported", "{receipt}");
    let minutes = words(&paper(&simpul, "notulen", "2023-Q2", "pdf"));
    for said in [
        "Lokakarya mini tribulanan, Triwulan II 2023",
        "Rabu, 14 Juni 2023",
        "Data per 14 Juni 2023",
        "Posbindu keliling",
        "Hadir: Apotik Alvi.",
        "Tidak hadir: Klinik Wahyu Husada.",
    ] {
        assert!(minutes.contains(said), "{said}: {minutes}");
    }
    assert!(!minutes.contains("Kelas ibu hamil"), "{minutes}");
}
