//! Letters, orders and decrees: what they say is what the data says, and what nobody wrote is a line to write on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use simpul::app::papers::narratives::NewText;
use simpul::app::papers::reports::ReportRequest;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::domain::ReportKind;
use simpul::domain::table::DISTRICT;
use simpul::report::SectionKey;
use simpul::store::LetterSettings;

use super::plans::planned;
use super::read_back::{checked_pages, docx_rows, docx_xml, paper, pdf_lines, sheet_rows, words_outside};
use crate::support::{Simpul, workbooks};

const LETTERS: [&str; 8] = [
    "undangan",
    "surat-tugas",
    "surat-tugas-tpcb",
    "umpan-balik",
    "umpan-balik-tpcb",
    "pengantar",
    "narasumber",
    "sk-indikator",
];
const NAME: &str = "UPT PUSKESMAS ABCDE";

fn file(simpul: &Simpul, name: &str, lines: &[&str]) -> PathBuf {
    let path = simpul.data().join(name);
    fs::write(&path, lines.join("\r\n")).unwrap();
    path
}

/// The worked case with meetings, a problem and coaching by the district.
fn written() -> Simpul {
    let simpul = Simpul::new();
    let mut files = workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023"));
    let decisions = [
        NAME,
        "NOTULEN LOKMIN TAHUN 2023",
        "No,Tanggal,Masalah,Keputusan,Penanggung Jawab,Batas Waktu,Tindak Lanjut,Tanggal Selesai,Jenis Rapat",
        "1,10/5/2023,K6 turun,Kelas ibu hamil,Ani,1/6/2023,,,",
        "2,10/5/2023,,Sudah selesai,Ani,1/6/2023,Terlaksana,2/6/2023,",
        "3,14/6/2023,HT rendah,Posbindu keliling,Budi,1/7/2023,,,",
        "4,22/6/2023,,Keputusan tinjauan,Citra,1/8/2023,,,Tinjauan manajemen",
    ];
    files.push(file(&simpul, "notulen.csv", &decisions));
    let problems = [
        NAME,
        "EVALUASI CATURWULAN II TAHUN 2023",
        "No,Nama,Masalah,Penyebab,Tindak Lanjut,Penanggung Jawab,Batas Waktu,Tanggal Selesai,Bukti",
        "1,Klinik Wahyu Husada,Laporan terlambat,Petugas baru,Pendampingan,Ani,30/9/2023,,",
    ];
    files.push(file(&simpul, "evaluasi.csv", &problems));
    let coaching = [
        NAME,
        "PEMBINAAN TPCB TAHUN 2023",
        "No,Tanggal,Jenis Pembinaan,Temuan (Fakta),Rekomendasi Puskesmas,Rekomendasi Dinas Kesehatan,Target Waktu",
        "1,11/7/2023,Terpadu,RUK kosong,Lengkapi RUK,,31/8/2023",
        "2,11/7/2023,Terpadu,Alat rusak,,Ganti alat,",
    ];
    files.push(file(&simpul, "tpcb.csv", &coaching));
    let receipt = simpul.import(&files);
    for file in receipt["files"].as_array().unwrap().iter().rev().take(3) {
        assert_eq!(file["status"], "imported", "{file}");
    }
    simpul
}

fn app(simpul: &Simpul) -> App {
    let clock = Clock::Fixed("2026-02-01T03:00:00Z".parse().unwrap());
    App::open(Config { data: simpul.data().to_owned(), clock, who: "root".to_owned() }).unwrap()
}

fn words(path: &Path) -> String {
    pdf_lines(path).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn facts(simpul: &Simpul, table: &str) -> Vec<Value> {
    let run = simpul.run(["facts", "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let all = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|fact| fact["table"] == table).collect()
}

#[test]
fn every_letter_is_whole_in_every_format() {
    let simpul = written();
    for kind in LETTERS {
        let period = if kind == "sk-indikator" { "2023" } else { "2023-07" };
        let pdf = paper(&simpul, kind, period, "pdf");
        assert!(checked_pages(&pdf) > 0, "{kind}");
        assert_eq!(words_outside(&pdf), Vec::<String>::new(), "{kind}");
        assert!(words(&pdf).contains("ABCDE"), "{kind}");
        docx_xml(&paper(&simpul, kind, period, "docx"));
        let book = fs::read(paper(&simpul, kind, period, "xlsx")).unwrap();
        assert!(book.starts_with(b"PK"), "{kind}");
    }
}

#[test]
fn an_empty_folder_gives_letters_to_write_on() {
    let simpul = Simpul::new();
    simpul.import(&[file(
        &simpul,
        "daftar.csv",
        &[
            NAME,
            "DAFTAR IDENTIFIKASI TAHUN 2023",
            "No,Nama Jaringan/Jejaring,Jenis,Kelompok",
            "1,Apotek Alvi,Apotek,Jejaring",
        ],
    )]);
    for kind in LETTERS {
        let period = if kind == "sk-indikator" { "2023" } else { "2023-05" };
        let told = words(&paper(&simpul, kind, period, "pdf"));
        assert!(told.contains("....."), "{kind}: a line to write on: {told}");
        let (letter, _) = told.split_once("Data per").unwrap_or_else(|| unreachable!("{kind}: {told}"));
        assert!(!letter.contains("31 Mei 2023"), "{kind}: no made-up date: {told}");
    }
}

#[test]
fn an_invitation_names_its_day_what_is_open_and_who_is_invited() {
    let simpul = written();
    let told = words(&paper(&simpul, "undangan", "2023-06", "pdf"));
    for said in [
        "Sifat : Biasa",
        "Lampiran : Daftar undangan",
        "Perihal : Undangan lokakarya mini",
        "lokakarya mini bulanan UPT PUSKESMAS ABCDE Juni 2023",
        "Hari, tanggal : Rabu, 14 Juni 2023",
        "Waktu : .....",
        "Tindak lanjut keputusan 10 Mei 2023: “Kelas ibu hamil”, Ani, batas 1 Juni 2023.",
        "Masalah Klinik Wahyu Husada: “Laporan terlambat”.",
        "Capaian indikator layanan: K6, ",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    for not in ["Sudah selesai", "Posbindu", "Keputusan tinjauan"] {
        assert!(!told.contains(not), "{not}: {told}");
    }
    let invited: BTreeSet<String> = facts(&simpul, "lokmin")
        .iter()
        .filter(|fact| fact["month"] == "2023-06" && fact["invited"] == true)
        .map(|fact| fact["facility"].as_str().unwrap().to_owned())
        .collect();
    assert!(invited.len() > 3, "{invited:?}");
    let rows = docx_rows(&paper(&simpul, "undangan", "2023-06", "docx"));
    let listed: BTreeSet<String> = rows.iter().filter(|row| row.len() == 5).skip(1).map(|row| row[1].clone()).collect();
    assert_eq!(listed, invited);
    let sheet = sheet_rows(&paper(&simpul, "undangan", "2023-06", "xlsx"), "Daftar undangan");
    let of_sheet = |name: &String| sheet.iter().any(|row| row.get(1).and_then(|cell| cell.text()) == Some(name));
    assert!(invited.iter().all(of_sheet), "the workbook lists the same");
}

#[test]
fn what_a_person_wrote_into_a_letter_is_printed_without_a_remark() {
    let simpul = written();
    let request = ReportRequest {
        kind: ReportKind::Invitation,
        period: "2023-07".parse().unwrap(),
        as_of: None,
        puskesmas: None,
        cluster: None,
    };
    let fields = "Sifat: Penting\nKepada: Para pimpinan faskes\nHari, tanggal: Selasa, 11 Juli 2023\nWaktu: 09.00 WIB\n\
                  Tempat: Aula Puskesmas";
    let text = NewText::Sections(BTreeMap::from([(SectionKey::Details, fields.to_owned())]));
    app(&simpul).papers().write_text(&request, None, text).unwrap();
    let told = words(&paper(&simpul, "undangan", "2023-07", "pdf"));
    for said in
        ["Sifat : Penting", "Yth. Para pimpinan faskes di tempat", "Waktu : 09.00 WIB", "Tempat : Aula Puskesmas"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("ditulis"), "{told}");
}

#[test]
fn an_assignment_follows_the_plan_and_leaves_open_who_goes_where_nobody_is_named() {
    let simpul = planned();
    let rows = |period: &str| docx_rows(&paper(&simpul, "surat-tugas", period, "docx"));
    let visits = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
        rows.iter().filter(|row| row.len() == 6 && row[0] != "No").map(|row| row[1..].to_vec()).collect()
    };
    let june = rows("2023-06");
    assert_eq!(
        visits(&june),
        [
            ["Klinik Wahyu", "Klinik", "", "dr. Budi", ".......... Juni 2023"],
            ["Apotek Alvi", "Apotek", "", "Ani", ".......... Juni 2023"],
        ],
        "the moved visit goes with its new month, in the order of the register"
    );
    let officers: Vec<&str> = june.iter().filter(|row| row.len() == 4).skip(1).map(|row| row[1].as_str()).collect();
    assert_eq!(officers, ["dr. Budi", "Ani"]);
    let august = rows("2023-08");
    assert_eq!(visits(&august), [["Pustu Mekar", "Pustu", "", "....................", ".......... Agustus 2023"]]);
    let blank = august.iter().filter(|row| row.len() == 4).skip(1).all(|row| row[1].starts_with("....."));
    assert!(blank, "{august:?}");
    let may = words(&paper(&simpul, "surat-tugas", "2023-05", "pdf"));
    assert!(may.contains("Tidak ada jadwal pembinaan pada Mei 2023."), "{may}");
    assert!(may.contains("SURAT TUGAS Nomor: ....."), "{may}");
}

#[test]
fn each_visited_facility_gets_its_letter_with_its_own_figures() {
    let simpul = written();
    let visits: Vec<Value> = facts(&simpul, "visits").into_iter().filter(|fact| fact["month"] == "2023-05").collect();
    let visited: BTreeSet<&str> = visits.iter().map(|fact| fact["facility"].as_str().unwrap()).collect();
    assert!(visited.len() > 1, "{visited:?}");
    let pdf = paper(&simpul, "umpan-balik", "2023-05", "pdf");
    let told = words(&pdf);
    assert_eq!(told.matches("Yth.").count(), visited.len(), "{told}");
    assert_eq!(told.matches("Perihal").count(), visited.len());
    assert!(checked_pages(&pdf) >= visited.len(), "each letter begins a page");
    let rows = docx_rows(&paper(&simpul, "umpan-balik", "2023-05", "docx"));
    let scores: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() == 6 && row[0] != "Tanggal").collect();
    assert_eq!(scores.len(), visits.len());
    let number = |cell: &str| cell.replace('.', "").replace(',', ".").parse::<f64>().unwrap();
    let mut with_points = 0;
    for visit in &visits {
        let form = visit["form"].as_str().unwrap_or_default();
        let is_same = |row: &&&Vec<String>| match (visit["points"].as_f64(), visit["maximum"].as_f64()) {
            (Some(points), Some(most)) => {
                let is_same = |cell: &str, wanted: f64| (number(cell) - wanted).abs() < 1e-9;
                row[1] == form && row[3] != "tidak dinilai" && is_same(&row[3], points) && is_same(&row[4], most)
            }
            _ => row[1] == form && row[3..] == ["tidak dinilai"; 3],
        };
        assert!(scores.iter().any(|row| is_same(&row)), "{visit}: {scores:?}");
        with_points += usize::from(visit["points"].is_number());
    }
    assert!(with_points > 0);
}

#[test]
fn the_team_writes_item_by_item_under_its_own_letterhead_and_number() {
    let simpul = written();
    let app = app(&simpul);
    let settings = |pattern: &str| LetterSettings {
        place: "Kota".to_owned(),
        number_pattern: pattern.to_owned(),
        first_number: 5,
        team: "dr. Ketua\nNs. Anggota".to_owned(),
        ..LetterSettings::default()
    };
    app.papers().save_letter(DISTRICT, &settings("DINKES/{nomor}/{tahun}")).unwrap();
    app.papers().save_letter(NAME, &settings("PKM/{nomor}/{tahun}")).unwrap();
    for kind in ["umpan-balik-tpcb", "pengantar"] {
        let run = simpul.run(["letter", kind, "2023-07", "--number", "baru", "--date", "2023-08-01"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    let told = words(&paper(&simpul, "umpan-balik-tpcb", "2023-07", "pdf"));
    for said in [
        "TIM PEMBINA CLUSTER BINAAN (TPCB)",
        "Nomor : DINKES/5/2023",
        "Kota, 1 Agustus 2023",
        "Temuan dan rekomendasinya 2 butir, terlampir.",
        "pada 11 Juli 2023.",
        "Tanda terima",
        "Nomor surat : DINKES/5/2023",
        "Yang menerima,",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let rows = docx_rows(&paper(&simpul, "umpan-balik-tpcb", "2023-07", "docx"));
    let items: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() == 7).skip(1).collect();
    assert_eq!(items.len(), 2, "{rows:?}");
    let of = |fact: &str| items.iter().find(|row| row[2] == fact).unwrap();
    assert_eq!(of("RUK kosong")[4..], ["Lengkapi RUK", "", "31 Agustus 2023"]);
    assert_eq!(of("Alat rusak")[4..], ["", "Ganti alat", "...................."]);
    let covering = words(&paper(&simpul, "pengantar", "2023-07", "pdf"));
    assert!(covering.contains("Nomor : PKM/5/2023"), "its own sequence: {covering}");
    let order = words(&paper(&simpul, "surat-tugas-tpcb", "2023-07", "pdf"));
    for said in ["dr. Ketua", "Ns. Anggota", "11 Juli 2023", "Nomor: DINKES/........"] {
        assert!(order.contains(said), "{said}: {order}");
    }
}

#[test]
fn a_covering_letter_lists_the_reports_of_its_period_with_their_numbers() {
    let simpul = written();
    let settings = LetterSettings {
        above: "PEMERINTAH KABUPATEN CONTOH\nDINAS KESEHATAN".to_owned(),
        number_pattern: "440/{nomor}/{tahun}".to_owned(),
        first_number: 7,
        ..LetterSettings::default()
    };
    app(&simpul).papers().save_letter(NAME, &settings).unwrap();
    assert_eq!(simpul.run(["letter", "tpcb", "2023-07", "--number", "baru", "--date", "2023-08-02"]).status, 0);
    let told = words(&paper(&simpul, "pengantar", "2023-07", "pdf"));
    assert!(told.contains("Yth. Kepala Dinas Kesehatan Kabupaten Contoh di tempat"), "{told}");
    let rows = docx_rows(&paper(&simpul, "pengantar", "2023-07", "docx"));
    let listed: Vec<(&str, &str)> =
        rows.iter().filter(|row| row.len() == 4).skip(1).map(|row| (row[1].as_str(), row[3].as_str())).collect();
    assert_eq!(
        listed,
        [
            ("Laporan pelaksanaan pembinaan jaringan dan jejaring, Juli 2023", ""),
            ("Laporan pembinaan kepada TPCB, Juli 2023", "Nomor 440/7/2023 tanggal 2 Agustus 2023"),
        ]
    );
}

#[test]
fn the_decree_holds_the_targets_and_weights_in_force() {
    let simpul = Simpul::new();
    let decree = [
        NAME,
        "INDIKATOR KINERJA PEMBINAAN TAHUN 2023",
        "Kode,Indikator,Target (%),Bobot",
        "CAK,Cakupan pembinaan,95,25",
        "LOK,Kehadiran lokmin,80,0",
    ];
    let mut files = workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023"));
    files.push(file(&simpul, "sk.csv", &decree));
    let receipt = simpul.import(&files);
    assert_eq!(receipt["files"].as_array().unwrap().last().unwrap()["status"], "imported", "{receipt}");
    let told = words(&paper(&simpul, "sk-indikator", "2023", "pdf"));
    for said in [
        "KEPUTUSAN KEPALA UPT PUSKESMAS ABCDE",
        "TENTANG INDIKATOR KINERJA PEMBINAAN JARINGAN DAN JEJARING TAHUN 2023",
        "Menimbang : a. bahwa",
        "Mengingat : 1. ",
        "MEMUTUSKAN",
        "Menetapkan : Keputusan Kepala",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let rows = docx_rows(&paper(&simpul, "sk-indikator", "2023", "docx"));
    let of = |code: &str| rows.iter().find(|row| row.len() == 6 && row[1] == code);
    assert_eq!(of("CAK").unwrap()[4..], ["95", "25"]);
    assert!(of("LOK").is_none(), "an indicator without weight is out of the decree");
    let services = facts(&simpul, "services");
    assert!(!services.is_empty());
    for service in services {
        let row = of(service["code"].as_str().unwrap()).unwrap();
        let target = row[4].replace(',', ".").parse::<f64>().unwrap();
        assert!((target - service["target"].as_f64().unwrap()).abs() < 1e-9, "{row:?}: {service}");
    }
}

#[test]
fn a_resource_person_is_asked_for_what_findings_speak_of() {
    let simpul = written();
    let told = words(&paper(&simpul, "narasumber", "2023-08", "pdf"));
    for said in
        ["Perihal : Permohonan narasumber", "Lampiran : Daftar peserta", "Tempat : .....", "Klinik Wahyu Husada"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
}
