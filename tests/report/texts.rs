//! What people write in papers: printed instead of the draft, never overwritten, marked where its numbers changed,
//! and text whatever it says. Letter details: printed when confirmed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use simpul::app::papers::letters::{LetterError, NumberWish};
use simpul::app::papers::narratives::{NewText, PaperText, TextError};
use simpul::app::papers::reports::ReportRequest;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::report::{ReportKind, SectionKey};
use simpul::store::{LetterSettings, Signatory};
use simpul::workbook::CellValue;

use super::read_back::{checked_pages, docx_xml, paper, pdf_lines, sheet_rows, words_outside};
use crate::support::Simpul;

const PERIOD: &str = "2023-C2";
const HOSTILE: &str = "#panic(\"x\") *tebal* $a$ </w:t><script>alert(1)</script> =1+1 & \\u{0} {\"a\":1}";

fn sample(names: &[&str]) -> Vec<PathBuf> {
    names.iter().map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)).collect()
}

/// Register, plan and the recaps up to July.
fn until_july() -> Simpul {
    let simpul = Simpul::new();
    simpul.import(&sample(&[
        "01-identifikasi.xlsx",
        "02-jadwal.xlsx",
        "rekap-2023-05.xlsx",
        "rekap-2023-06.xlsx",
        "rekap-2023-07.xlsx",
    ]));
    simpul
}

/// The application on the same folder, worked by Ani on 4 September 2023.
fn app(simpul: &Simpul) -> App {
    let clock = Clock::Fixed("2023-09-04T03:00:00Z".parse().unwrap());
    App::open(Config { data: simpul.data().to_owned(), clock, who: "Ani".to_owned() }).unwrap()
}

fn request(as_of: &str) -> ReportRequest {
    ReportRequest {
        kind: ReportKind::Activity,
        period: PERIOD.parse().unwrap(),
        as_of: Some(as_of.parse().unwrap()),
        puskesmas: None,
        cluster: None,
    }
}

/// The drafted sentences on the outcome.
fn outcome(text: &PaperText) -> String {
    text.draft.iter().find(|section| section.key == SectionKey::Outcome).unwrap().text()
}

fn text(outcome: &str) -> NewText {
    NewText::Sections(BTreeMap::from([(SectionKey::Outcome, outcome.to_owned())]))
}

/// All words of the paper in each format, as its tools read them.
fn printed(simpul: &Simpul) -> [String; 3] {
    let pdf = pdf_lines(&paper(simpul, "pelaksanaan", PERIOD, "pdf")).join(" ");
    let docx = docx_xml(&paper(simpul, "pelaksanaan", PERIOD, "docx"));
    let rows = sheet_rows(&paper(simpul, "pelaksanaan", PERIOD, "xlsx"), "Ringkasan");
    let texts = rows.iter().flat_map(|row| (0..9).filter_map(|column| row.get(column).and_then(CellValue::text)));
    let sheet = texts.collect::<Vec<_>>().join(" ");
    [pdf, docx, sheet].map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_written_text_is_printed_and_marked_when_its_numbers_change() {
    let simpul = until_july();
    let app_before = app(&simpul);
    app_before.papers().write_text(&request("2023-08-31"), None, text("Kunjungan berjalan baik.")).unwrap();
    for words in printed(&simpul) {
        assert!(words.contains("Kunjungan berjalan baik."), "{words}");
        assert!(words.contains("Bagian Hasil ditulis di komputer ini, 4 September 2023 pukul 03.00"), "{words}");
        assert!(!words.contains("Skor pembinaan UPT"), "the draft of that section is gone: {words}");
        assert!(words.contains("jadwal pembinaan pada periode ini"), "a section never sent keeps its draft: {words}");
        assert!(!words.contains("lebih lama daripada angkanya"), "{words}");
    }
    let before = app_before.papers().paper_text(&request("2023-08-31")).unwrap();
    simpul.import(&sample(&["rekap-2023-08.xlsx"]));
    for words in printed(&simpul) {
        assert!(words.contains("Kunjungan berjalan baik."), "never overwritten: {words}");
        assert!(words.contains("narasi ini lebih lama daripada angkanya"), "{words}");
        assert!(words.contains("Skor pembinaan: ") && words.contains(" → "), "{words}");
    }
    let app = app(&simpul);
    let now = app.papers().paper_text(&request("2023-08-31")).unwrap();
    let change = now.narrative.changes().iter().find(|change| change.name == "Skor pembinaan").unwrap();
    let fact = |text: &str| text.split_whitespace().next().unwrap().to_owned();
    let draft_now = outcome(&now);
    assert!(draft_now.contains(&fact(change.new.as_deref().unwrap())), "{change:?} {draft_now}");
    let draft_then = outcome(&before);
    assert!(draft_then.contains(&fact(&change.old)), "{change:?} {draft_then}");
    // Saving it again says that it holds for the numbers of now.
    app.papers().write_text(&request("2023-08-31"), now.latest(), text("Kunjungan berjalan baik.")).unwrap();
    assert_eq!(app.papers().paper_text(&request("2023-08-31")).unwrap().narrative.older(), None);
}

#[test]
fn a_paper_of_an_earlier_day_knows_nothing_of_a_later_text() {
    let simpul = until_july();
    let app = app(&simpul);
    app.papers().write_text(&request("2023-08-31"), None, text("Akhir Agustus.")).unwrap();
    let june = app.papers().paper_text(&request("2023-06-30")).unwrap();
    assert!(june.narrative.written_by_hand().is_none());
    app.papers().write_text(&request("2023-06-30"), june.latest(), text("Akhir Juni.")).unwrap();
    let outcome =
        |day: &str| app.papers().paper_text(&request(day)).unwrap().narrative.text(SectionKey::Outcome).to_owned();
    assert_eq!(outcome("2023-06-30"), "Akhir Juni.");
    assert_eq!(outcome("2023-08-31"), "Akhir Agustus.", "though saved earlier, it was written on later data");
    let july = app.papers().paper_text(&request("2023-07-15")).unwrap();
    assert_eq!(july.narrative.text(SectionKey::Outcome), "Akhir Juni.");
    assert!(july.narrative.older().is_some(), "a text of June below numbers of July says so");
}

#[test]
fn versions_stay_and_two_writers_do_not_overwrite_each_other() {
    let simpul = until_july();
    let app = app(&simpul);
    let day = request("2023-08-31");
    let drafted = app.papers().paper_text(&day).unwrap().narrative.text(SectionKey::Outcome).to_owned();
    app.papers().write_text(&day, None, text("Satu.")).unwrap();
    assert!(matches!(app.papers().write_text(&day, None, text("Dua.")), Err(TextError::Outdated)));
    let first = app.papers().paper_text(&day).unwrap().latest();
    app.papers().write_text(&day, first, NewText::Draft).unwrap();
    assert_eq!(app.papers().paper_text(&day).unwrap().narrative.text(SectionKey::Outcome), drafted);
    let second = app.papers().paper_text(&day).unwrap().latest();
    app.papers().write_text(&day, second, NewText::Version(first.unwrap())).unwrap();
    let last = app.papers().paper_text(&day).unwrap();
    assert_eq!(last.narrative.text(SectionKey::Outcome), "Satu.");
    assert_eq!(last.versions.len(), 3);
    assert!(matches!(app.papers().write_text(&day, last.latest(), NewText::Version(99)), Err(TextError::NoVersion)));
    let long = "x".repeat(9_000);
    assert!(matches!(app.papers().write_text(&day, last.latest(), text(&long)), Err(TextError::TooLong(_))));
}

#[test]
fn hostile_text_stays_text_in_every_format() {
    let simpul = until_july();
    let app = app(&simpul);
    app.papers().write_text(&request("2023-08-31"), None, text(HOSTILE)).unwrap();
    let settings = LetterSettings {
        above: HOSTILE.to_owned(),
        place: HOSTILE.to_owned(),
        number_pattern: format!("{{nomor}}/{}", HOSTILE.replace(['{', '}'], "")),
        head: Signatory { title: HOSTILE.to_owned(), name: HOSTILE.to_owned(), id_number: HOSTILE.to_owned() },
        first_number: 1,
        ..LetterSettings::default()
    };
    app.papers().save_letter("UPT PUSKESMAS ABCDE", &settings).unwrap();
    let [pdf, docx, sheet] = printed(&simpul);
    for words in [&pdf, &sheet] {
        assert!(words.contains("#panic(\"x\") *tebal* $a$ </w:t><script>alert(1)</script> =1+1 &"), "{words}");
    }
    assert!(docx.contains("#panic(&quot;x&quot;) *tebal* $a$ &lt;/w:t&gt;&lt;script&gt;alert(1)"), "markup of a text");
    let file = simpul.data().join("pelaksanaan.pdf");
    assert!(checked_pages(&file) > 1);
    assert_eq!(words_outside(&file), Vec::<String>::new());
}

#[test]
fn saved_letter_details_count_before_the_file_and_numbers_are_given_once() {
    let simpul = until_july();
    let letters = simpul.data().join("letters");
    std::fs::create_dir(&letters).unwrap();
    std::fs::write(letters.join("surat.toml"), "place = \"Desa Berkas\"\n[head]\nname = \"dr. Berkas\"\n").unwrap();
    let app = app(&simpul);
    let own = "UPT PUSKESMAS ABCDE";
    assert_eq!(app.papers().letter_details(own).unwrap().settings.place, "Desa Berkas");
    let settings = LetterSettings {
        place: "Desa Isian".to_owned(),
        number_pattern: "440/{nomor}/PKM/{bulan-romawi}/{tahun}".to_owned(),
        first_number: 57,
        ..LetterSettings::default()
    };
    app.papers().save_letter(own, &settings).unwrap();
    let [pdf, docx, _] = printed(&simpul);
    for words in [&pdf, &docx] {
        assert!(words.contains("Desa Isian, ....................") && !words.contains("Berkas"), "{words}");
        assert!(words.contains("Nomor: 440/......../PKM/......../........"), "{words}");
    }
    let day = request("2023-08-31");
    assert_eq!(app.papers().paper_number(&day).unwrap().unwrap().next, 57);
    app.papers().give_number(&day, wish(57)).unwrap();
    assert!(matches!(app.papers().give_number(&day, wish(58)), Err(LetterError::HasOne(_))));
    let other = ReportRequest { kind: ReportKind::Tpcb, ..day.clone() };
    assert!(matches!(app.papers().give_number(&other, wish(57)), Err(LetterError::Taken(_))));
    assert_eq!(app.papers().paper_number(&other).unwrap().unwrap().next, 58);
    for words in printed(&simpul) {
        assert!(words.contains("Nomor: 440/57/PKM/IX/2023"), "{words}");
    }
    assert!(app.papers().revoke_number(&day).unwrap() && !app.papers().revoke_number(&day).unwrap());
    app.papers().give_number(&other, wish(57)).unwrap();
    app.papers().reset_letter(own).unwrap();
    assert_eq!(app.papers().letter_details(own).unwrap().settings.place, "Desa Berkas");
}

#[test]
fn a_logo_is_printed_in_every_format() {
    let simpul = until_july();
    let app = app(&simpul);
    let own = "UPT PUSKESMAS ABCDE";
    let picture =
        "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><circle cx='20' cy='20' r='18'/></svg>";
    app.papers().set_logo(own, Some(picture.as_bytes())).unwrap();
    assert!(matches!(app.papers().set_logo(own, Some(b"GIF89a")), Err(LetterError::Logo(_))));
    let pdf = paper(&simpul, "identifikasi", "2023", "pdf");
    let images = std::process::Command::new("pdfimages").arg("-list").arg(&pdf).output().unwrap();
    let listed = String::from_utf8_lossy(&images.stdout).into_owned();
    let is_picture = |line: &&str| line.split_whitespace().nth(2) == Some("image");
    assert_eq!(listed.lines().filter(is_picture).count(), 1, "{listed}");
    checked_pages(&pdf);
    for (ending, part) in [("docx", "word/media/gambar1.png"), ("xlsx", "xl/media/image1.png")] {
        let file = std::fs::File::open(paper(&simpul, "identifikasi", "2023", ending)).unwrap();
        assert!(zip::ZipArchive::new(file).unwrap().by_name(part).is_ok(), "{ending}");
    }
    app.papers().set_logo(own, None).unwrap();
    assert_eq!(app.papers().logo(own).unwrap(), None);
}

fn wish(number: u32) -> NumberWish {
    NumberWish { number: Some(number), day: None }
}
