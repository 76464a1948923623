//! What was written is opened again: a paper that says something else than its document is no paper.

use proptest::prelude::*;
use simpul::app::papers::verified_sheets;
use simpul::domain::{Date, FileFormat};
use simpul::report::document::{
    Block, Document, DocumentForm, Letterhead, Orientation, PaperCell, PaperColumn, PaperTable, Part, PartFormats,
    PartOpening, RowHeight, Stamp,
};
use simpul::report::{ReportError, render, verify};
use simpul::workbook::Limits;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A paper with a heading of each sort and one table.
fn sample() -> Document {
    let rows = ["Apotek Sehat", "Klinik “Bunda” <b>", "Praktik Mandiri Bidan Sejahtera Kelurahan Sidorejo"];
    let row = |(name, value): (&str, f64)| {
        let figure = PaperCell::Figure(value, Some((value.floor(), 100.0)));
        vec![PaperCell::words(name), figure, PaperCell::Date(day("2023-08-31")), PaperCell::Blank]
    };
    let table = PaperTable {
        title: "Skor tiap faskes".to_owned(),
        note: "dalam persen".to_owned(),
        columns: vec![
            PaperColumn::text("Nama", 30.0),
            PaperColumn::number("Skor", 10.0),
            PaperColumn::text("Tanggal", 14.0),
            PaperColumn::text("Paraf", 10.0),
        ],
        rows: rows.into_iter().zip([81.25, 7.5, 100.0]).map(row).collect(),
        totals: vec![row(("Semua faskes", 62.917))],
        empty: "Tidak ada.".to_owned(),
        row_height: RowHeight::Text,
    };
    let part = |title: &str, blocks| Part {
        title: title.to_owned(),
        orientation: Orientation::Portrait,
        reach: PartFormats::Everywhere,
        opening: PartOpening::Heading,
        blocks,
    };
    Document {
        title: "Evaluasi pembinaan".to_owned(),
        subtitle: "Caturwulan II 2023".to_owned(),
        letterhead: Letterhead { name: "UPT PUSKESMAS ABCDE".to_owned(), ..Letterhead::default() },
        lines: vec![("Nomor".to_owned(), "440/12/PKM/IX/2023".to_owned())],
        written: String::new(),
        stamp: Stamp {
            id: "1A2B3C4D5E".to_owned(),
            as_of: day("2023-08-31"),
            completeness: "4 dari 4 bulan".to_owned(),
            revision: 0,
        },
        mark: None,
        form: DocumentForm::Report,
        parts: vec![
            part("Hasil", vec![Block::Table(table)]),
            part(
                "Catatan",
                vec![Block::Heading("Tindak lanjut".to_owned()), Block::Paragraph("Tidak ada.".to_owned())],
            ),
        ],
    }
}

fn check(document: &Document, format: FileFormat, bytes: &[u8]) -> Result<(), ReportError> {
    match format {
        FileFormat::Pdf => verify::pdf(document, bytes).map(drop),
        FileFormat::Docx => verify::docx(document, bytes).map(drop),
        FileFormat::Xlsx => verified_sheets::verify(document, bytes, &Limits::default()).map(drop),
    }
}

fn table_of(document: &mut Document) -> &mut PaperTable {
    match &mut document.parts[0].blocks[0] {
        Block::Table(table) => table,
        other => unreachable!("{other:?}"),
    }
}

/// A change of a document.
type Fault = Box<dyn Fn(&mut Document)>;

/// What may go wrong between a document and its file, each in one place.
fn faults() -> Vec<(&'static str, Fault)> {
    vec![
        ("another title", Box::new(|paper| paper.title.push_str(" lain"))),
        ("another snapshot", Box::new(|paper| "1A2B3C4D5F".clone_into(&mut paper.stamp.id))),
        ("another day", Box::new(|paper| paper.stamp.as_of = day("2023-08-30"))),
        ("another heading", Box::new(|paper| "Catatan kaki".clone_into(&mut paper.parts[1].title))),
        ("a part is missing", Box::new(|paper| drop(paper.parts.remove(1)))),
        ("a figure differs", Box::new(|paper| table_of(paper).rows[1][1] = PaperCell::Figure(8.5, Some((7.0, 100.0))))),
        (
            "a total differs",
            Box::new(|paper| table_of(paper).totals[0][1] = PaperCell::Figure(63.1, Some((62.0, 100.0)))),
        ),
        ("a name differs", Box::new(|paper| table_of(paper).rows[0][0] = PaperCell::words("Apotek Sehati"))),
        (
            "a row is missing",
            Box::new(|paper| {
                let again = table_of(paper).rows[1].clone();
                table_of(paper).rows.push(again);
            }),
        ),
        ("rows change places", Box::new(|paper| table_of(paper).rows.swap(0, 2))),
        (
            "missing became a number",
            Box::new(|paper| table_of(paper).rows[2][3] = PaperCell::Missing("belum lapor".to_owned())),
        ),
    ]
}

#[test]
fn a_paper_that_says_something_else_than_its_document_is_refused() {
    let written = sample();
    for format in FileFormat::ALL {
        let bytes = render(&written, format).unwrap();
        check(&written, format, &bytes).unwrap();
        for (what, break_it) in faults() {
            // The file was made from what went wrong; the document is what it should say.
            let mut wrong = sample();
            break_it(&mut wrong);
            let refused = check(&wrong, format, &bytes);
            assert!(
                refused.as_ref().is_err_and(|error| error.to_string().contains("tidak cocok")),
                "{format:?}: {what}"
            );
        }
    }
}

#[test]
fn a_logo_is_a_picture_more_and_its_absence_is_seen() {
    let mut with_logo = sample();
    let svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\"><rect width=\"9\" height=\"9\"/></svg>";
    with_logo.letterhead.logo = Some(simpul::charts::png(svg, 1.0).unwrap());
    for format in FileFormat::ALL {
        let bytes = render(&with_logo, format).unwrap();
        check(&with_logo, format, &bytes).unwrap();
    }
    let without = render(&sample(), FileFormat::Docx).unwrap();
    assert!(check(&with_logo, FileFormat::Docx, &without).is_err());
}

#[test]
fn a_torn_file_is_refused() {
    let written = sample();
    for format in FileFormat::ALL {
        let bytes = render(&written, format).unwrap();
        for keep in [0, 1, 100, bytes.len() / 2, bytes.len() * 9 / 10, bytes.len() - 10] {
            assert!(check(&written, format, &bytes[..keep]).is_err(), "{format:?} cut at {keep}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a workbook's cells held, the paper of it is not taken for broken.
    #[test]
    fn no_text_makes_a_sound_paper_look_broken(name in "\\PC{0,60}", long in "[a-z<&;#\\[ ]{300,900}", mixed in "[א-תa-z0-9 .\u{202e}é漢]{0,30}") {
        let mut paper = sample();
        let table = table_of(&mut paper);
        for (row, text) in table.rows.iter_mut().zip([name, long, mixed]) {
            row[0] = PaperCell::words(&text);
        }
        for format in FileFormat::ALL {
            let bytes = render(&paper, format).unwrap();
            prop_assert!(check(&paper, format, &bytes).is_ok(), "{:?}: {:?}", format, check(&paper, format, &bytes));
        }
    }
}
