//! Personal data at import, and a person's data found and erased: the stored database is searched byte by byte.

mod erasure;
mod folder;
mod imports;
mod kept_figures;
mod page;
mod quiet;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Note, Workbook};
use simpul::app::import::Upload;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use tempfile::TempDir;

use crate::support::VISIT_HEADINGS;

/// Data that must not lie anywhere afterwards.
const SECRETS: [&str; 5] = ["Sumiyati Rahayu", "3523015205900012", "081298765432", "0001234509876", "Paijo Wiryo"];

struct Folder {
    app: Arc<App>,
    folder: TempDir,
}

fn folder() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
    let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
    Folder { app: Arc::new(App::open(config).unwrap()), folder }
}

fn register() -> Upload {
    let rows: [&[&str]; 5] = [
        &["UPT PUSKESMAS ABCDE", "", "", "", ""],
        &["TAHUN 2023", "", "", "", ""],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Penanggung Jawab", "Telepon"],
        &["1", "BPM Ny. Sri Wahyuni", "TPMB", "Ny. Sri Wahyuni", "081300001111"],
        &["2", "Klinik Bina", "Klinik", "dr. Tono", "0813-0000-2222"],
    ];
    Upload { name: "identifikasi.xlsx".to_owned(), bytes: book(&[("Identifikasi", &rows)], None) }
}

fn book(sheets: &[(&str, &[&[&str]])], note: Option<&str>) -> Vec<u8> {
    let mut book = Workbook::new();
    // The same workbook twice is the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (name, rows) in sheets {
        let page = book.add_worksheet();
        page.set_name(*name).unwrap();
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                if !cell.is_empty() {
                    page.write(row, column, *cell).unwrap();
                }
            }
        }
        if let Some(note) = note {
            page.insert_note(0, 5, &Note::new(note)).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Visits of which one tells of patients, and a sheet that lists them.
fn visits() -> Vec<Vec<String>> {
    let row = |cells: [&str; 11]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    vec![
        vec!["UPT PUSKESMAS ABCDE".to_owned()],
        vec!["BULAN : MEI 2023".to_owned()],
        VISIT_HEADINGS.iter().chain(&["Temuan"]).map(|cell| (*cell).to_owned()).collect(),
        row([
            "1",
            "2 Mei 2023",
            "BPM Ny. Sri Wahyuni",
            "Supervisi",
            "Ani",
            "80",
            "100",
            "",
            "",
            "Ada",
            "Ny. Sumiyati Rahayu (NIK 3523015205900012, HP 0812-9876-5432) belum ANC",
        ]),
        row(["2", "3 Mei 2023", "Klinik Bina", "Supervisi", "Ani", "70", "100", "", "", "Ada", "SOP lengkap"]),
        vec!["Mengetahui, Kepala Puskesmas".to_owned()],
        vec!["NIP. 198005122005012003".to_owned(), "HP 081355557777".to_owned()],
    ]
}

const PATIENTS: [&[&str]; 4] = [
    &["DAFTAR PASIEN"],
    &["No", "Nama Pasien", "NIK", "No. BPJS", "No. HP", "Nama KK"],
    &["1", "Sumiyati Rahayu", "'3523015205900012", "0001234509876", "081298765432", "Paijo Wiryo"],
    &["2", "Ny. S", "-", "", "", ""],
];

fn recap(note: Option<&str>) -> Upload {
    let visits = visits();
    let rows: Vec<Vec<&str>> = visits.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Upload { name: "mei.xlsx".to_owned(), bytes: book(&[("Pembinaan", &rows), ("Pasien", &PATIENTS)], note) }
}

/// Reports whether the database holds the packed texts of a workbook as it came.
fn holds_packed_texts(folder: &Path, came: &[u8]) -> bool {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(came)).unwrap();
    let (start, size) = {
        let part = archive.by_name("xl/sharedStrings.xml").unwrap();
        (
            usize::try_from(part.data_start().unwrap_or_default()).unwrap(),
            usize::try_from(part.compressed_size()).unwrap(),
        )
    };
    let window = &came[start + size / 2..start + size / 2 + 40];
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file() && fs::read(path).unwrap().windows(window.len()).any(|bytes| bytes == window)
    })
}

/// Files below a folder that hold one of the data, as text or in a package.
fn holding(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let mut texts = vec![bytes.clone()];
            if bytes.starts_with(b"PK") {
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                for place in 0..archive.len() {
                    let mut text = Vec::new();
                    std::io::Read::read_to_end(&mut archive.by_index(place).unwrap(), &mut text).unwrap();
                    texts.push(text);
                }
            }
            let holds = |secret: &str| {
                texts.iter().any(|text| text.windows(secret.len()).any(|window| window == secret.as_bytes()))
            };
            found.extend(
                SECRETS.iter().filter(|secret| holds(secret)).map(|secret| format!("{}: {secret}", path.display())),
            );
        }
    }
    found
}
