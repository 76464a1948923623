//! Workbooks of papers as LibreOffice prints them: every date and number in full, never `###`; and a table's last rows
//! on paper with what signs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use simpul::report::document::{
    Block, DocumentForm, Letterhead, PaperCell, PaperColumn, PaperTable, Part, RowHeight, Signatures, Signer, Stamp,
};
use simpul::report::{Document, FileFormat, render};

use super::read_back::{paper, pdf_lines};
use crate::support::{Simpul, workbooks};

const LONG: &str = "30 September 2023";
const KINDS: [(&str, &str); 8] = [
    ("evaluasi", "2023-C3"),
    ("pelaksanaan", "2023-C3"),
    ("identifikasi", "2023"),
    ("jadwal", "2023"),
    ("lokmin", "2023-10"),
    ("notulen", "2023-09"),
    ("tpcb", "2023-C3"),
    ("tpcb-cluster", "2023-C3"),
];

fn file(simpul: &Simpul, name: &str, lines: &[&str]) -> PathBuf {
    let path = simpul.data().join(name);
    fs::write(&path, lines.join("\r\n")).unwrap();
    path
}

/// Lines of a table in a file of its own.
type TableFile = (&'static str, &'static [&'static str]);

/// Tables whose dates are of the month with the longest name.
fn tables_of_long_dates() -> [TableFile; 7] {
    const HEAD: &str = "UPT PUSKESMAS ABCDE";
    const MONTH: &str = "BULAN : SEPTEMBER 2023";
    [
        (
            "pembinaan.csv",
            &[
                "PEMBINAAN",
                HEAD,
                MONTH,
                "No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal,Daftar Hadir,Notulen,Foto,Temuan",
                "1,30/9/2023,Apotik Alvi,Supervisi,Ani,40,50,Ada,Ada,Ada,SOP belum ada",
            ],
        ),
        (
            "rtl.csv",
            &[
                "RENCANA TINDAK LANJUT",
                HEAD,
                MONTH,
                "No,Tanggal Pembinaan,Nama Jaringan/Jejaring,Rencana Tindak Lanjut,Penanggung Jawab,Target Selesai,Tanggal Selesai",
                "1,30/9/2023,Apotik Alvi,Memasang SOP,Ani,30/9/2023,30/9/2023",
                "2,30/9/2023,Apotik Alvi,Melatih kader,Ani,30/9/2023,",
            ],
        ),
        (
            "notulen.csv",
            &[
                HEAD,
                "NOTULEN LOKMIN TAHUN 2023",
                "No,Tanggal,Masalah,Keputusan,Penanggung Jawab,Batas Waktu,Tindak Lanjut",
                "1,30/9/2023,K6 turun,Kelas ibu hamil,Ani,30/9/2023,",
            ],
        ),
        (
            "evaluasi.csv",
            &[
                HEAD,
                "EVALUASI CATURWULAN III TAHUN 2023",
                "No,Nama,Masalah,Penyebab,Tindak Lanjut,Penanggung Jawab,Batas Waktu,Tanggal Selesai,Bukti",
                "1,Apotik Alvi,Laporan terlambat,,Pendampingan,Ani,30/9/2023,,",
            ],
        ),
        (
            "tpcb.csv",
            &[
                HEAD,
                "PEMBINAAN TPCB TAHUN 2023",
                "No,Tanggal,Jenis Pembinaan,Temuan (Fakta),Rekomendasi Puskesmas,Target Waktu",
                "1,30/9/2023,Terpadu,RUK kosong,Lengkapi RUK,30/9/2023",
            ],
        ),
        (
            "jawaban.csv",
            &[
                HEAD,
                "TINDAK LANJUT TPCB TAHUN 2023",
                "No,Rencana Tindak Lanjut,Batas Waktu,Tanggal Pelaksanaan",
                "1,Mengisi RUK,30/9/2023,30/9/2023",
            ],
        ),
        (
            "cluster.csv",
            &["CLUSTER TAHUN 2023", "No,Puskesmas,Cluster,Ket", "1,Abcde,Utara", "2,Bendosari,Utara,belum ada data"],
        ),
    ]
}

/// The worked case with the longest date in every column of dates.
fn dated() -> Simpul {
    let simpul = Simpul::new();
    let mut files = workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023"));
    files.extend(tables_of_long_dates().iter().map(|(name, lines)| file(&simpul, name, lines)));
    let receipt = simpul.import(&files);
    for one in receipt["files"].as_array().unwrap() {
        assert_eq!(one["status"], "imported", "{one}");
    }
    simpul
}

/// Lets LibreOffice print workbooks, each to a PDF of its name in `folder`.
fn print(files: &[PathBuf], folder: &Path) {
    let output = Command::new("soffice")
        .args(["--headless", &format!("-env:UserInstallation=file://{}", folder.join("libreoffice").display())])
        .args(["--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .expect("LibreOffice is there: tests/run.sh installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Lines of each page, without its foot.
fn pages(pdf: &Path) -> Vec<Vec<String>> {
    let text = pdf_lines(pdf).join("\n");
    let is_content = |line: &&str| !line.trim().is_empty() && !line.contains("Halaman ");
    let page = |page: &str| page.lines().filter(is_content).map(|line| line.trim().to_owned()).collect();
    text.trim_end_matches(['\u{c}', '\n']).split('\u{c}').map(page).collect()
}

/// Numbers of the pages that hold a picture.
fn pages_with_pictures(pdf: &Path) -> Vec<usize> {
    let output = Command::new("pdfimages").arg("-list").arg(pdf).output().expect("poppler is there");
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    listed.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect()
}

#[test]
fn no_date_or_number_of_a_workbook_is_printed_as_hashes() {
    let simpul = dated();
    let files: Vec<PathBuf> = KINDS.iter().map(|(kind, period)| paper(&simpul, kind, period, "xlsx")).collect();
    let folder = simpul.data().join("dari-xlsx");
    print(&files, &folder);
    let mut long = Vec::new();
    for (kind, _) in KINDS {
        let pdf = folder.join(format!("{kind}.pdf"));
        let lines = pdf_lines(&pdf);
        let hashed: Vec<&String> = lines.iter().filter(|line| line.contains("##")).collect();
        assert_eq!(hashed, Vec::<&String>::new(), "{kind}");
        long.push((kind, lines.iter().map(|line| line.matches(LONG).count()).sum::<usize>()));
        let pictures = pages_with_pictures(&pdf);
        for (page, lines) in (1..).zip(pages(&pdf)) {
            assert!(!lines.is_empty() || pictures.contains(&page), "{kind}: page {page} is blank");
            if let Some(signed) = lines.iter().position(|line| line.contains("Mengetahui")) {
                assert!(signed > 3, "{kind}: signatures alone on page {page}: {lines:?}");
            }
        }
    }
    for kind in ["evaluasi", "pelaksanaan", "lokmin", "notulen", "tpcb"] {
        assert!(long.iter().any(|(known, count)| *known == kind && *count > 1), "{long:?}");
    }
}

#[test]
fn a_member_of_the_cluster_without_data_is_named() {
    let simpul = dated();
    let words = pdf_lines(&paper(&simpul, "tpcb-cluster", "2023-C3", "pdf")).join(" ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Status 1 dari 2 Puskesmas") && words.contains("belum ada data: Bendosari"), "{words}");
    assert!(words.contains("dari 1 dari 2 Puskesmas; belum lengkap: Bendosari (belum ada data)"), "{words}");
    assert!(words.matches("Bendosari").count() >= 4, "in the comparison and among those to help: {words}");
}

fn signed(rows: usize) -> Document {
    let row = |place: usize| vec![PaperCell::running(place), PaperCell::words(&format!("Baris {}", place + 1))];
    let table = PaperTable {
        title: "Tabel".to_owned(),
        note: String::new(),
        columns: vec![PaperColumn::number("No", 5.0), PaperColumn::text("Isi", 40.0)],
        rows: (0..rows).map(row).collect(),
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    };
    let signer = || Signer { role: "Kepala".to_owned(), name: "dr. Ayu".to_owned(), id_number: "1970".to_owned() };
    let signatures = Signatures { place_and_date: "Desa, 1 Mei 2023".to_owned(), signers: vec![signer(), signer()] };
    Document {
        title: "Laporan".to_owned(),
        subtitle: "Tahun 2023".to_owned(),
        letterhead: Letterhead { name: "UPT PUSKESMAS ABCDE".to_owned(), ..Letterhead::default() },
        lines: Vec::new(),
        written: String::new(),
        stamp: Stamp {
            id: "1A2B3C4D5E".to_owned(),
            as_of: "2023-12-31".parse().unwrap(),
            completeness: "lengkap".to_owned(),
            revision: 0,
        },
        mark: None,
        form: DocumentForm::Report,
        parts: vec![Part::portrait("Isi", vec![Block::Table(table), Block::Signatures(signatures)])],
    }
}

#[test]
fn signatures_and_the_last_rows_share_a_page_however_long_the_table_is() {
    let folder = tempfile::tempdir().unwrap();
    for rows in (1..6).chain(34..52) {
        let path = folder.path().join("laporan.pdf");
        fs::write(&path, render(&signed(rows), FileFormat::Pdf).unwrap()).unwrap();
        let text = pdf_lines(&path).join("\n");
        let last = text.trim_end_matches(['\u{c}', '\n']).rsplit('\u{c}').next().unwrap().to_owned();
        assert!(last.contains("NIP 1970"), "{rows}: {last}");
        let line = |words: &str| last.lines().position(|line| line.contains(words)).unwrap();
        let order = [line(&format!("Baris {rows}")), line("Desa, 1 Mei 2023"), line("dr. Ayu"), line("NIP 1970")];
        assert!(order.is_sorted_by(|one, next| one < next), "one below the other: {rows}: {last}");
        for row in rows.saturating_sub(2)..=rows {
            assert!(row == 0 || last.contains(&format!("Baris {row}")), "{rows}: {last}");
        }
    }
}

#[test]
fn a_printed_sheet_parts_neither_its_last_rows_from_its_signatures_nor_a_heading_from_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let sizes: Vec<usize> = (1..4).chain(30..62).collect();
    let write = |rows: &usize| {
        let path = folder.path().join(format!("isi-{rows}.xlsx"));
        let mut document = signed(*rows);
        // A second table: only its own heading may stand above its rows on a further page.
        let Block::Table(table) = &document.parts[0].blocks[0] else { unreachable!("a table") };
        let first = PaperTable { title: "Tabel pertama".to_owned(), rows: table.rows[..1].to_vec(), ..table.clone() };
        document.parts[0].blocks.insert(0, Block::Table(first));
        fs::write(&path, render(&document, FileFormat::Xlsx).unwrap()).unwrap();
        path
    };
    let files: Vec<PathBuf> = sizes.iter().map(write).collect();
    print(&files, folder.path());
    for rows in sizes {
        let pages = pages(&folder.path().join(format!("isi-{rows}.pdf")));
        let last = pages.last().unwrap();
        for row in rows.saturating_sub(1).max(1)..=rows {
            let is_row = |line: &String| line.ends_with(&format!("Baris {row}"));
            assert!(last.iter().any(is_row), "{rows}: row {row} is not on the page of the signatures: {last:?}");
        }
        assert!(last.iter().any(|line| line.contains("NIP 1970")), "{rows}: {last:?}");
        for page in &pages {
            let heads = page.iter().filter(|line| line.split_whitespace().eq(["No", "Isi"])).count();
            let titles = page.iter().filter(|line| line.starts_with("Tabel")).count();
            assert_eq!(heads, titles.max(1), "{rows}: {page:?}");
            assert!(!page.last().unwrap().starts_with("Tabel"), "{rows}: a title alone at the end of a page: {page:?}");
        }
    }
}
