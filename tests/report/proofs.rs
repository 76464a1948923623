//! A paper proves itself: its code is scanned from a black-and-white print, genuine files pass, and every altered figure is
//! found, wherever it stands.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use simpul::app::papers::checks::{ClaimStanding, PaperCheck, PaperVerdict};
use simpul::app::{App, Config};
use simpul::clock::Clock;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::read_back::paper;
use crate::support::{Simpul, sorted, workbooks};

/// Altered files of each format.
const ALTERED: usize = 100;

pub(super) fn abcde() -> Simpul {
    let simpul = Simpul::new();
    simpul.import(&workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023")));
    simpul
}

fn opened(simpul: &Simpul) -> App {
    App::open(Config { data: simpul.data().to_owned(), clock: Clock::System, who: "uji".to_owned() }).unwrap()
}

fn check(app: &App, name: &str, bytes: &[u8]) -> PaperCheck {
    app.papers().check_file(name, bytes, &[]).unwrap()
}

/// Every entry of a package, its name and content, in order.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |place| {
        let mut entry = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored))
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Places of the digits between `open` and `close` in a part.
fn digits_between(xml: &[u8], open: &str, close: &str) -> Vec<usize> {
    let text = String::from_utf8_lossy(xml).into_owned();
    assert_eq!(text.len(), xml.len());
    let mut found = Vec::new();
    for (start, _) in text.match_indices(open) {
        let Some(begin) = text[start..].find('>').map(|end| start + end + 1) else { continue };
        let Some(end) = text[begin..].find(close).map(|end| begin + end) else { continue };
        found.extend((begin..end).filter(|place| xml[*place].is_ascii_digit()));
    }
    found
}

/// So many of them, evenly spread.
fn spread<T: Copy>(all: &[T], count: usize) -> Vec<T> {
    assert!(all.len() >= count, "{} places for {count} changes", all.len());
    (0..count).map(|place| all[place * all.len() / count]).collect()
}

fn next_digit(content: &mut [u8], place: usize) {
    content[place] = b'0' + (content[place] - b'0' + 1) % 10;
}

#[test]
fn the_code_is_scanned_from_a_black_and_white_print_and_proves_itself() {
    let simpul = abcde();
    for (kind, period) in [("evaluasi", "2023-C2"), ("jadwal", "2023-C2"), ("notulen", "2023-08")] {
        let pdf = paper(&simpul, kind, period, "pdf");
        let text = scanned(&pdf);
        assert!(text.starts_with(&format!("SIMPUL-SURAT 1 {} {period} ", kind.to_uppercase())), "{text}");
        let run = simpul.run(["verify", "--code", &text]);
        assert_eq!(run.status, 0, "{}", run.stdout);
        assert!(
            run.stdout.contains("KODE ASLI") && run.stdout.contains("Angkanya sama dengan data di sini"),
            "{}",
            run.stdout
        );
        let other = simpul.run(["verify", "--code", &text.replacen("UPT", "UPTD", 1)]);
        assert_eq!(other.status, 7, "{}", other.stdout);
    }
}

/// The text of the code on the first page, printed in black and white at 200 dots an inch.
fn scanned(pdf: &Path) -> String {
    let stem = pdf.with_extension("cetak");
    let args = ["-mono", "-r", "200", "-f", "1", "-l", "1", "-singlefile"];
    let status = Command::new("pdftoppm").args(args).arg(pdf).arg(&stem).status().unwrap();
    assert!(status.success());
    let bytes = fs::read(format!("{}.pbm", stem.display())).unwrap();
    let head: Vec<&[u8]> = bytes.splitn(3, |byte| *byte == b'\n').collect();
    assert_eq!(head[0], b"P4");
    let size = String::from_utf8(head[1].to_vec()).unwrap();
    let (width, height) = size.split_once(' ').unwrap();
    let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
    let line = width.div_ceil(8);
    let grey = |x: usize, y: usize| if head[2][y * line + x / 8] >> (7 - x % 8) & 1 == 1 { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let found = image.detect_grids();
    assert_eq!(found.len(), 1, "codes on {}", pdf.display());
    found[0].decode().unwrap().1
}

#[test]
fn every_kind_of_paper_in_every_format_is_genuine() {
    let simpul = abcde();
    let app = opened(&simpul);
    let kinds = [
        ("evaluasi", "2023-C2"),
        ("pelaksanaan", "2023-C2"),
        ("identifikasi", "2023"),
        ("jadwal", "2023-C2"),
        ("lokmin", "2023-08"),
        ("notulen", "2023-08"),
        ("tpcb", "2023-C2"),
        ("tpcb-cluster", "2023-C2"),
    ];
    for (kind, period) in kinds {
        for ending in ["pdf", "docx", "xlsx"] {
            let file = paper(&simpul, kind, period, ending);
            let found = check(&app, &format!("{kind}.{ending}"), &fs::read(file).unwrap());
            assert_eq!(found.verdict, PaperVerdict::Genuine, "{kind} {ending}");
            assert_eq!(found.standing, Some(ClaimStanding::Current), "{kind} {ending}");
        }
    }
    let slides = fs::read(paper(&simpul, "lokmin", "2023-08", "pptx")).unwrap();
    assert_eq!(check(&app, "lokmin.pptx", &slides).verdict, PaperVerdict::Genuine);
    let mut index = ZipArchive::new(fs::File::open(paper(&simpul, "akreditasi", "2023-C2", "zip")).unwrap()).unwrap();
    for ending in ["pdf", "docx", "xlsx"] {
        let mut bytes = Vec::new();
        index.by_name(&format!("00-indeks.{ending}")).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(check(&app, &format!("00-indeks.{ending}"), &bytes).verdict, PaperVerdict::Genuine, "{ending}");
    }
}

#[test]
fn a_hundred_altered_docx_are_found_with_the_place() {
    let simpul = abcde();
    let app = opened(&simpul);
    let bytes = fs::read(paper(&simpul, "evaluasi", "2023-C2", "docx")).unwrap();
    let whole = parts(&bytes);
    // A control: packed anew by another program it is the same paper.
    assert_eq!(check(&app, "a.docx", &packed(&whole)).verdict, PaperVerdict::Genuine);
    let body = whole.iter().position(|(name, _)| name == "word/document.xml").unwrap();
    let in_text = digits_between(&whole[body].1, "<w:t ", "</w:t>");
    for place in spread(&in_text, ALTERED - 10) {
        let mut other = whole.clone();
        next_digit(&mut other[body].1, place);
        match check(&app, "a.docx", &packed(&other)).verdict {
            PaperVerdict::Altered(places) => assert_eq!(places.len(), 1, "{places:?}"),
            other => unreachable!("{place}: {other:?}"),
        }
    }
    // Labels of charts are pictures here: that they are others is said.
    let drawings: Vec<usize> = (0..whole.len()).filter(|place| whole[*place].0.ends_with("svg")).collect();
    let labels: Vec<(usize, usize)> = drawings
        .iter()
        .flat_map(|part| digits_between(&whole[*part].1, "<text", "</text>").into_iter().map(|place| (*part, place)))
        .collect();
    for (part, place) in spread(&labels, 10) {
        let mut other = whole.clone();
        next_digit(&mut other[part].1, place);
        let found = check(&app, "a.docx", &packed(&other)).verdict;
        assert!(matches!(&found, PaperVerdict::OtherDrawings(places) if places.len() == 1), "{found:?}");
    }
}

#[test]
fn a_hundred_altered_xlsx_are_found_with_the_place() {
    let simpul = abcde();
    let app = opened(&simpul);
    let bytes = fs::read(paper(&simpul, "evaluasi", "2023-C2", "xlsx")).unwrap();
    let whole = parts(&bytes);
    assert_eq!(check(&app, "a.xlsx", &packed(&whole)).verdict, PaperVerdict::Genuine);
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (part, (name, content)) in whole.iter().enumerate() {
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content.clone()).unwrap();
            for (start, _) in text.match_indices("<c r=") {
                let cell = &text[start..start + text[start..].find('>').unwrap()];
                let Some(value) = text[start..].find("<v>").filter(|_| !cell.contains("t=\"") && !cell.ends_with('/'))
                else {
                    continue;
                };
                let value = start + value + 3;
                places.push((part, value + usize::from(content[value] == b'-')));
            }
        } else if name == "xl/sharedStrings.xml" {
            places.extend(digits_between(content, "<t", "</t>").into_iter().map(|place| (part, place)));
        }
    }
    for (part, place) in spread(&places, ALTERED - 10) {
        let mut other = whole.clone();
        next_digit(&mut other[part].1, place);
        let found = check(&app, "a.xlsx", &packed(&other)).verdict;
        assert!(matches!(&found, PaperVerdict::Altered(places) if !places.is_empty()), "{place}: {found:?}");
    }
    // A formula whose kept value is the very figure, and a format that writes another one.
    let numbers: Vec<(usize, usize)> =
        places.iter().copied().filter(|(part, _)| whole[*part].0.contains("sheet")).collect();
    for (part, place) in spread(&numbers, 8) {
        let mut other = whole.clone();
        let cell = String::from_utf8_lossy(&other[part].1[..place]).rfind("<v>").unwrap();
        other[part].1.splice(cell..cell, *b"<f>1+1</f>");
        let found = check(&app, "a.xlsx", &packed(&other)).verdict;
        assert!(
            matches!(&found, PaperVerdict::Altered(places) if places.iter().any(|one| one.found.contains("rumus"))),
            "{found:?}"
        );
    }
    let styles = whole.iter().position(|(name, _)| name == "xl/styles.xml").unwrap();
    for format in ["&quot;95,0&quot;", "\\9\\5"] {
        let mut other = whole.clone();
        let text = String::from_utf8(other[styles].1.clone()).unwrap();
        other[styles].1 = text.replacen("formatCode=\"0.0\"", &format!("formatCode=\"{format}\""), 1).into_bytes();
        assert_ne!(other, whole, "the format is there");
        let found = check(&app, "a.xlsx", &packed(&other)).verdict;
        assert!(matches!(found, PaperVerdict::Altered(_)), "{format}: {found:?}");
    }
}

#[test]
fn a_hundred_altered_pdf_are_found_with_the_place() {
    let simpul = abcde();
    let app = opened(&simpul);
    let pdf = paper(&simpul, "evaluasi", "2023-C2", "pdf");
    let plain = pdf.with_extension("plain.pdf");
    let args = ["--stream-data=uncompress", "--object-streams=disable", "--preserve-unreferenced"];
    let status = Command::new("qpdf").args(args).arg(&pdf).arg(&plain).status().unwrap();
    assert!(status.success());
    let bytes = fs::read(&plain).unwrap();
    assert_eq!(check(&app, "a.pdf", &bytes).verdict, PaperVerdict::Genuine, "written anew, unpacked");
    // Letters are glyphs of two bytes; the last figure of an octal one is changed.
    let shown: Vec<usize> =
        bytes.windows(2).enumerate().filter(|(_, word)| *word == b"TJ").map(|(place, _)| place).collect();
    let glyphs: Vec<usize> = shown
        .iter()
        .filter_map(|end| {
            let start = bytes[..*end].iter().rposition(|byte| *byte == b'[')?;
            let found = bytes[start..*end]
                .windows(8)
                .position(|word| word.starts_with(b"\\000\\0") && word[6..].iter().all(u8::is_ascii_digit))?;
            Some(start + found + 7)
        })
        .collect();
    for place in spread(&glyphs, ALTERED) {
        let mut other = bytes.clone();
        other[place] = if other[place] == b'1' { b'2' } else { b'1' };
        match check(&app, "a.pdf", &other).verdict {
            PaperVerdict::Altered(places) => {
                assert!(places.iter().all(|one| one.place.starts_with("halaman ")), "{places:?}");
            }
            // Of charts: their labels are part of a drawing.
            PaperVerdict::OtherDrawings(places) => assert_eq!(places.len(), 1, "{places:?}"),
            other => unreachable!("{place}: {other:?}"),
        }
    }
}

/// Appends objects to a PDF, as programs do that sign or comment it; `{page}` in an object is the first page.
fn appended(bytes: &[u8], objects: &[(u32, String)]) -> Vec<u8> {
    let text = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    let whole = text(bytes);
    let start: usize = whole.rsplit_once("startxref").unwrap().1.split_whitespace().next().unwrap().parse().unwrap();
    let trailer = whole.rsplit_once("trailer").unwrap().1.split_once("startxref").unwrap().0.trim();
    let (before, rest) = trailer.split_once("/Prev ").unwrap();
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let mut out = bytes.to_vec();
    let mut list = String::from("xref\n");
    for (number, object) in objects {
        list = format!("{list}{number} 1\n{:010} 00000 n \n", out.len());
        out.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let at = out.len();
    out.extend_from_slice(format!("{list}trailer\n{before}/Prev {start}{rest}\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}

#[test]
fn a_signed_pdf_stays_genuine_and_a_pasted_note_is_found() {
    let simpul = abcde();
    let app = opened(&simpul);
    let bytes = fs::read(paper(&simpul, "evaluasi", "2023-C2", "pdf")).unwrap();
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let (before, field) = text.split_once("/FT/Sig").unwrap();
    let number: u32 = before.rsplit_once(" 0 obj").unwrap().0.rsplit('\n').next().unwrap().parse().unwrap();
    assert!(text.contains(&format!("/AcroForm<</Fields[{number} 0 R]")), "the field is free to sign");
    assert!(text.contains("/S/Form"), "and has its place in the structure for readers of screens");
    let size: u32 = text.rsplit_once("/Size ").unwrap().1.split('/').next().unwrap().parse().unwrap();
    let dict =
        format!("{}/FT/Sig{}", before.rsplit_once("obj\n").unwrap().1, field.split_once("endobj").unwrap().0.trim());
    let signed = dict.trim_end().trim_end_matches(">>").to_owned() + &format!("/V {size} 0 R>>");
    let value = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Contents<00>/ByteRange[0 1 2 3]>>";
    let signed = appended(&bytes, &[(number, signed), (size, value.to_owned())]);
    assert_eq!(check(&app, "a.pdf", &signed).verdict, PaperVerdict::Genuine);

    // A note that covers a figure, on the first page.
    let page = text.match_indices("/Type/Page/").next().unwrap().0;
    let object = text[..page].rfind(" 0 obj").unwrap();
    let page_number: u32 = text[..object].rsplit('\n').next().unwrap().parse().unwrap();
    let dict = text[object + 6..].split_once("endobj").unwrap().0.trim();
    let with_note = dict.trim_end_matches(">>").to_owned() + &format!("/Annots[{size} 0 R]>>");
    let note = "<</Type/Annot/Subtype/FreeText/Rect[100 700 200 720]/Contents(95,0)/DA(/Helv 12 Tf)>>".to_owned();
    let pasted = appended(&bytes, &[(page_number, with_note), (size, note)]);
    match check(&app, "a.pdf", &pasted).verdict {
        PaperVerdict::Altered(places) => {
            assert!(places[0].place.contains("tempelan") && places[0].found.contains("95,0"));
        }
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn the_command_says_whose_a_paper_is_and_what_became_of_its_data() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let books = sorted(folder, |path| path.extension().is_some_and(|ending| ending == "xlsx"));
    let (late, early): (Vec<PathBuf>, Vec<PathBuf>) =
        books.into_iter().partition(|book| book.to_string_lossy().contains("2023-08"));
    let simpul = Simpul::new();
    simpul.import(&early);
    let docx = paper(&simpul, "evaluasi", "2023-C2", "docx");
    let file = docx.to_string_lossy().into_owned();
    let told = |run: crate::support::Run| (run.status, run.stdout);
    let (status, words) = told(simpul.run(["verify", &file]));
    assert!(status == 0 && words.contains(": ASLI\n") && words.contains("Kode surat"), "{words}");

    // Another folder: another key, and with that key trusted no data.
    let other = Simpul::new();
    let (status, words) = told(other.run(["verify", &file]));
    assert!(status == 5 && words.contains("BUKAN dari instalasi ini"), "{words}");
    let (_, key) = told(simpul.run(["verify", "--show-key"]));
    assert!(key.starts_with("SIMPUL-KUNCI "), "{key}");
    let (status, words) = told(other.run(["verify", &file, "--key", key.trim()]));
    assert!(status == 0 && words.contains("hanya tanda tangannya yang diperiksa"), "{words}");

    // A seal of another paper.
    let lokmin = parts(&fs::read(paper(&simpul, "lokmin", "2023-07", "docx")).unwrap());
    let mut mixed = parts(&fs::read(&docx).unwrap());
    for (name, content) in &mut mixed {
        if name.ends_with("simpul.xml") || name.ends_with("custom.xml") {
            content.clone_from(&lokmin.iter().find(|(other, _)| other == name).unwrap().1);
        }
    }
    let path = simpul.data().join("campur.docx");
    fs::write(&path, packed(&mixed)).unwrap();
    let run = simpul.run(["verify", &path.to_string_lossy(), "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.status, &found[0]["verdict"]), (7, &"altered".into()), "{found}");
    let bare: Vec<(String, Vec<u8>)> =
        mixed.into_iter().filter(|(name, _)| !name.ends_with("simpul.xml") && !name.ends_with("custom.xml")).collect();
    fs::write(&path, packed(&bare)).unwrap();
    assert_eq!(simpul.run(["verify", &path.to_string_lossy()]).status, 6);
    fs::write(&path, b"bukan surat").unwrap();
    assert_eq!(simpul.run(["verify", &path.to_string_lossy()]).status, 6);

    simpul.import(&late);
    let (status, words) = told(simpul.run(["verify", &file]));
    assert!(
        status == 3 && words.contains("datanya sudah berubah") && words.contains("bukan lagi yang berlaku"),
        "{words}"
    );
}

#[test]
fn the_key_is_made_once_and_lies_in_copies() {
    let simpul = Simpul::new();
    let app = opened(&simpul);
    let key = app.papers().public_key().unwrap();
    let copy = Simpul::new();
    app.back_up_to(&copy.data().join("simpul.db")).unwrap();
    assert_eq!(opened(&copy).papers().public_key().unwrap(), key);
    #[cfg(unix)]
    for folder in [simpul.data(), copy.data()] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join("simpul.db")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "the secret is the owner's");
    }
    assert_ne!(opened(&Simpul::new()).papers().public_key().unwrap(), key);
}

#[test]
fn what_libreoffice_saved_again_keeps_its_words_and_figures() {
    let simpul = abcde();
    let app = opened(&simpul);
    for ending in ["docx", "xlsx"] {
        let file = paper(&simpul, "evaluasi", "2023-C2", ending);
        let out = simpul.data().join("lagi");
        super::office::convert(simpul.data(), ending, "lagi", std::slice::from_ref(&file));
        let bytes = fs::read(out.join(file.file_name().unwrap())).unwrap();
        let verdict = check(&app, &format!("a.{ending}"), &bytes).verdict;
        // Its own pictures of drawings take the place of ours in a DOCX.
        assert!(matches!(verdict, PaperVerdict::Genuine | PaperVerdict::OtherDrawings(_)), "{ending}: {verdict:?}");
    }
}
