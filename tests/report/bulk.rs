//! All papers of all Puskesmas in one go: safe names, nothing mixed up, one failure stops no other.

use std::ops::ControlFlow;
use std::path::Path;

use simpul::app::papers::bulk::{BulkRequest, Step};
use simpul::domain::{FileFormat, ReportKind};

use super::read_back::checked_pages;
use crate::support::{Simpul, sorted};
use crate::web::site::{Site, register_of};

fn is_of(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|known| known == ending)
}

/// Puskesmas whose names are no file names.
const NAMES: [&str; 3] = ["PUSKESMAS A/B: \"SATU\"", "PUSKESMAS ../../DUA", "PUSKESMAS CON"];

fn three() -> Site {
    let files: Vec<_> = NAMES.iter().map(|name| register_of(name, &["Apotek Satu"])).collect();
    Site::with(&files)
}

fn request(site: &Site) -> BulkRequest {
    BulkRequest {
        period: "2023-C2".parse().unwrap(),
        as_of: "2023-08-31".parse().unwrap(),
        puskesmas: site.app.store().puskesmas().unwrap(),
        kinds: vec![ReportKind::Register, ReportKind::Cluster, ReportKind::Evaluation],
        formats: vec![FileFormat::Xlsx, FileFormat::Docx],
        clusters: Vec::new(),
        has_templates: false,
    }
}

#[test]
fn one_that_fails_is_named_and_stops_no_other() {
    let site = three();
    let mut request = request(&site);
    request.puskesmas.insert(1, "Puskesmas Yang Tidak Ada".to_owned());
    let (mut made, mut failed, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    site.app.papers().bulk(&request, &mut |step| {
        match step {
            Step::Working { done, total, .. } => seen.push((done, total)),
            Step::Made(paper) => made.push(format!("{}/{}", paper.folder, paper.file.name)),
            Step::Failed(failure) => failed.push(failure.to_string()),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(request.papers(), 4 * 4 + 2);
    let expected: Vec<(usize, usize)> = (1..=18).map(|done| (done, 18)).collect();
    assert_eq!(seen, expected);
    assert_eq!((made.len(), failed.len()), (14, 4), "{made:#?} {failed:#?}");
    assert!(failed.iter().all(|line| line.starts_with("Puskesmas Yang Tidak Ada: ") && line.contains("tidak ada")));
    let distinct: std::collections::BTreeSet<&String> = made.iter().collect();
    assert_eq!(distinct.len(), made.len());
    for path in &made {
        let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "-./".contains(c));
        assert!(is_plain && !path.contains("..") && path.matches('/').count() == 1, "{path}");
    }
    // In the order of the request, however many threads there are; what is of all together comes last.
    assert!(is_of(&made[0], "xlsx") && made[13].starts_with("semua-puskesmas/tpcb-cluster"), "{made:#?}");
}

#[test]
fn breaking_off_leaves_no_thread_and_no_archive() {
    let site = three();
    let request = request(&site);
    let mut steps = 0;
    site.app.papers().bulk(&request, &mut |_| {
        steps += 1;
        ControlFlow::Break(())
    });
    assert!(steps < 2 * request.papers(), "{steps}");
    assert_eq!(site.app.papers().bulk_archive(&request, &mut |_, _, _| ControlFlow::Break(())).unwrap(), None);
    assert_eq!(sorted(site.app.data().join("laporan"), |_| true), Vec::<std::path::PathBuf>::new());
}

#[test]
fn the_command_line_writes_a_folder_a_puskesmas() {
    let simpul = Simpul::new();
    let paths: Vec<_> = NAMES[..2]
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let path = simpul.data().join(format!("daftar-{number}.xlsx"));
            std::fs::write(&path, register_of(name, &["Apotek Satu"]).bytes).unwrap();
            path
        })
        .collect();
    simpul.import(&paths);
    let out = simpul.data().join("hasil");
    let run = simpul.run(["report", "semua", "2023-08", "--format", "pdf", "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("dari 2 Puskesmas") && run.stdout.contains("0 gagal"), "{}", run.stdout);
    assert!(run.stderr.contains("Tidak dibuat untuk periode sepanjang ini: evaluasi"), "{}", run.stderr);
    let folders = sorted(out, Path::is_dir);
    assert_eq!(folders.len(), 3, "{folders:?}");
    for folder in folders {
        for pdf in sorted(folder, |path| path.extension().is_some_and(|ending| ending == "pdf")) {
            assert!(checked_pages(&pdf) >= 1);
        }
    }
    let refused = simpul.run(["report", "semua", "2023-08", "--out", "-"]);
    assert_eq!(refused.status, 1);
    let unwritable = simpul.data().join("daftar-0.xlsx");
    assert_eq!(simpul.run(["report", "semua", "2023-08", "--out", &unwritable.to_string_lossy()]).status, 1);
}

#[tokio::test]
async fn the_page_makes_one_archive_and_says_how_far_it_is() {
    let site = Site::with(&[register_of(NAMES[0], &["Apotek Satu"])]);
    let page = site.get("/laporan?periode=2023-08").await.text();
    assert!(page.contains("action=\"/laporan-semua\"") && page.contains("Buat semua laporan"), "{page}");
    assert!(site.get("/laporan-semua").await.text().contains("Belum ada yang diminta"));
    assert_eq!(site.get("/laporan-semua/arsip").await.status, 404);
    let started = site.post("/laporan-semua", &[("periode", "2023-08"), ("per", "")]).await;
    assert_eq!(started.status, 303);
    // A second press while it runs begins nothing.
    site.post("/laporan-semua", &[("periode", "2023-08"), ("per", "")]).await;
    let mut page = String::new();
    for _ in 0..600 {
        page = site.get("/laporan-semua").await.text();
        if !page.contains("Sedang dibuat") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert!(page.contains("dibuka lagi, dan cocok dengan datanya"), "{page}");
    let archive = site.get("/laporan-semua/arsip").await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive.bytes)).unwrap();
    let names: Vec<String> =
        (0..zip.len()).map(|place| zip.by_index(place).unwrap().name().unwrap().into_owned()).collect();
    assert_eq!(names.last().map(String::as_str), Some("00-daftar.txt"), "{names:?}");
    assert_eq!(names.iter().filter(|name| is_of(name, "pdf")).count() * 3, names.len() - 1, "{names:?}");
    assert_eq!(sorted(site.app.data().join("laporan"), |_| true).len(), 1);
}
