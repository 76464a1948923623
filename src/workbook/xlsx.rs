//! xlsx and xlsm (macros are not looked at), cell by cell: a dense range of two cells in opposite corners
//! would ask for 512 GiB.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::intake::{Intake, Seen};
use super::package::Package;
use super::values::{date_or_number, error_text, iso_date, shows_percent};
use super::xlsx_extras::{Extras, shows_only_zeros};
use super::xlsx_looks::Looks;
use super::xlsx_plain::{Plain, PlainStart, Reached, Zeros};
use super::{Area, CellValue, OpenError, Visibility, xlsx_sheets};
use crate::domain::records::CellRef;

type OpenXlsx<'b> = Xlsx<Cursor<&'b [u8]>>;

pub(super) fn read(bytes: &[u8], package: &mut Package<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    read_by(bytes, package, intake, plain)
}

/// The same, with or without the quick way to plain sheets.
fn read_by(
    bytes: &[u8],
    package: &mut Package<'_>,
    intake: &mut Intake<'_>,
    plain: impl FnOnce(&mut OpenXlsx<'_>, &mut Package<'_>, &[Sheet]) -> Option<Plain>,
) -> Result<(), OpenError> {
    let mended;
    let mut book: OpenXlsx<'_> = match Xlsx::new(Cursor::new(bytes)) {
        Err(XlsxError::RelationshipNotFound | XlsxError::Unrecognized { .. }) => {
            mended = xlsx_sheets::without_macros(package);
            Xlsx::new(Cursor::new(mended.as_deref().unwrap_or(bytes)))
        }
        opened => opened,
    }
    .map_err(|error| unopened(&error, package, intake))?;
    let listed = book.sheets_metadata().to_vec();
    intake.check_sheets(listed.len())?;
    // The parser knows sheets by their name and would read the first of two for both.
    let names: BTreeSet<&str> = listed.iter().map(|sheet| sheet.name.as_str()).collect();
    if names.len() < listed.len() {
        return Err(intake.damaged("dua lembarnya bernama sama"));
    }
    if book.has_1904_epoch() {
        intake.counts_from_1904();
    }
    let xlsx_sheets::SheetList { parts, are_to_be_computed } = xlsx_sheets::listed(package);
    let parts = parts.filter(|parts| parts.len() == listed.len());
    let plain = plain(&mut book, package, &listed);
    let mut doubt = Doubt {
        zeros: if are_to_be_computed { Zeros::Unknown } else { Zeros::Figures },
        parts: parts.as_deref().unwrap_or_default(),
    };
    for (place, sheet) in listed.into_iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        let visibility = match sheet.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
        };
        intake.open_sheet(&sheet.name, visibility)?;
        let part = parts.as_ref().map(|parts| parts[place].as_str());
        let reached = match (&plain, part) {
            (Some(plain), Some(part)) => doubt.read(plain, package, part, intake)?,
            _ => Reached::Cells(0),
        };
        let merges = match reached {
            Reached::End(merges) => merges,
            Reached::Cells(cells) | Reached::Zero(cells) => {
                let struck = plain.as_ref().map(Plain::struck);
                let extras = part.and_then(|part| Some(Extras::read(package.part(part)?, struck, intake.limits())));
                let is_uncomputed = doubt.settled(package) == Zeros::NotComputed;
                let zeros = extras.as_ref().filter(|_| is_uncomputed).map(|extras| &extras.zeros);
                read_cells(&mut book, &Rest { sheet: &sheet.name, cells, zeros }, intake)?;
                match extras {
                    Some(extras) => extras.tell(intake)?,
                    None => read_uncomputed(&mut book, &sheet.name, intake).map(|()| None)?,
                }
            }
        };
        let merges = match merges {
            Some(merges) => merges,
            None => parsed_merges(&mut book, &sheet.name, intake)?,
        };
        for area in merges {
            intake.merge(area)?;
        }
    }
    Ok(())
}

/// Meaning of formulas that show zero, settled only where one does: all formulas of the workbook must be looked at.
struct Doubt<'p> {
    zeros: Zeros,
    parts: &'p [String],
}

impl Doubt<'_> {
    /// Reads a sheet the quick way, as far as it goes.
    fn read(
        &mut self,
        plain: &Plain,
        package: &mut Package<'_>,
        part: &str,
        intake: &mut Intake<'_>,
    ) -> Result<Reached, OpenError> {
        match plain.read(package, part, intake, PlainStart { zeros: self.zeros, skipped: 0 })? {
            Reached::Zero(cells) => {
                let zeros = self.settled(package);
                plain.read(package, part, intake, PlainStart { zeros, skipped: cells })
            }
            reached => Ok(reached),
        }
    }

    fn settled(&mut self, package: &mut Package<'_>) -> Zeros {
        if self.zeros == Zeros::Unknown {
            let is_computed =
                self.parts.iter().any(|part| package.part(part).is_some_and(|part| !shows_only_zeros(part)));
            self.zeros = if is_computed { Zeros::Figures } else { Zeros::NotComputed };
        }
        self.zeros
    }
}

/// Collects what the quick way to plain sheets needs; `None` where the workbook lacks it.
fn plain(book: &mut OpenXlsx<'_>, package: &mut Package<'_>, sheets: &[Sheet]) -> Option<Plain> {
    let counts_from_1904 = book.has_1904_epoch();
    let first = sheets.iter().find(|sheet| sheet.typ == SheetType::WorkSheet)?;
    let reader = book.worksheet_cells_reader(&first.name).ok()?;
    Plain::open(package, reader.styles(), counts_from_1904)
}

/// Merges by the parser's own way, where the part was not found or is not plain.
fn parsed_merges(book: &mut OpenXlsx<'_>, sheet: &str, intake: &Intake<'_>) -> Result<Vec<Area>, OpenError> {
    let merges = book.merge_cells_by_sheet_name(sheet).map_err(|error| refusal(&error, intake))?;
    let cell = |(row, column)| CellRef { row, column };
    Ok(merges.into_iter().map(|area| Area { first: cell(area.start), last: cell(area.end) }).collect())
}

/// The sentence for a workbook that the parser does not open.
fn unopened(error: &XlsxError, package: &mut Package<'_>, intake: &Intake<'_>) -> OpenError {
    let start =
        package.part("xl/workbook.xml").map(|part| part.bytes().take(4).filter_map(Result::ok).collect::<Vec<_>>());
    match start.as_deref() {
        // In UTF-16 every other byte of a tag is 0.
        Some([0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, b'<', ..] | [b'<', 0, ..]) => {
            OpenError::OtherFormat { file: intake.file(), what: "isinya ditulis dalam UTF-16".into() }
        }
        _ => refusal(error, intake),
    }
}

/// The sentence for what the parser met; its own words are English and stay here.
fn refusal(error: &XlsxError, intake: &Intake<'_>) -> OpenError {
    match error {
        XlsxError::Password => OpenError::Password { file: intake.file() },
        XlsxError::FileNotFound(part) => intake.damaged(&format!("bagian {part} tidak ada")),
        XlsxError::Io(_) | XlsxError::Zip(_) => intake.damaged("arsip ZIP-nya tidak utuh"),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_) => intake.damaged("XML-nya tidak utuh"),
        _ => intake.damaged("isinya tidak sesuai format .xlsx"),
    }
}

/// Part of a sheet that is left to the parser.
struct Rest<'s> {
    sheet: &'s str,
    /// So many first cells were handed over already.
    cells: u64,
    /// The zeros of formulas that nobody computed.
    zeros: Option<&'s BTreeSet<CellRef>>,
}

/// Reads the cells of a sheet.
fn read_cells(book: &mut OpenXlsx<'_>, rest: &Rest<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut cells = 0;
    let mut reader = book.worksheet_cells_reader(rest.sheet).map_err(|error| refusal(&error, intake))?;
    let percents: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| shows_percent(&format.format_code)))
        .collect();
    let looks = Looks::from_styles(reader.styles());
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| refusal(&error, intake))? {
        let (row, column) = cell.get_position();
        let place = CellRef { row, column };
        let percent = percents.get(style).copied().unwrap_or(false);
        let Some(seen) = seen(cell.get_value(), percent) else {
            if cells >= rest.cells {
                looks.tell(place, style, false, intake);
            }
            continue;
        };
        cells += 1;
        if cells <= rest.cells {
            continue;
        }
        let is_uncomputed = rest.zeros.is_some_and(|zeros| zeros.contains(&place));
        intake.cell(place, if is_uncomputed { Seen::Value(CellValue::FormulaNotComputed) } else { seen })?;
        looks.tell(place, style, true, intake);
    }
    Ok(())
}

/// Formulas without a value by the parser's own way, where the part was not found.
fn read_uncomputed(book: &mut OpenXlsx<'_>, sheet: &str, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| refusal(&error, intake))?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| refusal(&error, intake))? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            let (row, column) = cell.pos;
            intake.cell(CellRef { row, column }, Seen::Value(CellValue::FormulaNotComputed))?;
        }
    }
    Ok(())
}

fn seen<'d>(value: &'d DataRef<'_>, percent: bool) -> Option<Seen<'d>> {
    Some(match value {
        DataRef::Empty => return None,
        #[expect(clippy::cast_precision_loss, reason = "Excel has no integers beyond 15 digits")]
        DataRef::Int(value) => Seen::Value(CellValue::Number { value: *value as f64, percent }),
        DataRef::Float(value) => Seen::Value(CellValue::Number { value: *value, percent }),
        DataRef::String(text) => Seen::Text(text),
        DataRef::SharedString(text) => Seen::Text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match iso_date(text) {
            Some(date) => Seen::Value(CellValue::Date(date)),
            None => Seen::Text(text),
        },
        DataRef::Bool(value) => Seen::Value(CellValue::Bool(*value)),
        DataRef::DateTime(value) => Seen::Value(date_or_number(value)),
        DataRef::Error(kind) => Seen::Value(CellValue::Error(error_text(kind))),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    use super::super::collector::Collector;
    use super::super::{Limits, Workbook};
    use super::*;

    /// A workbook as the parser alone reads it, and as it is read.
    fn both_ways(bytes: &[u8]) -> [Result<Workbook, OpenError>; 2] {
        [true, false].map(|is_parser_alone| {
            let limits = Limits::default();
            let mut collector = Collector::new("a.xlsx");
            let mut intake = Intake::new("a.xlsx", &limits, &mut collector);
            let mut package = Package::open(bytes, &intake)?;
            if is_parser_alone {
                read_by(bytes, &mut package, &mut intake, |_, _, _| None)?;
            } else {
                read(bytes, &mut package, &mut intake)?;
            }
            Ok(collector.finish())
        })
    }

    fn assert_same(bytes: &[u8], name: &str) -> Option<Workbook> {
        let [parsed, read] = both_ways(bytes);
        assert_eq!(parsed, read, "{name}");
        read.ok()
    }

    /// Every workbook of the project.
    fn workbooks(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                workbooks(&entry, found);
            } else if entry.extension().is_some_and(|ending| ending == "xlsx") {
                found.push(entry);
            }
        }
    }

    #[test]
    fn the_quick_way_reads_what_the_parser_reads() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        workbooks(&root.join("tests"), &mut files);
        workbooks(&root.join("sample-data"), &mut files);
        assert!(files.len() > 50);
        for file in files {
            let bytes = fs::read(&file).unwrap();
            assert_same(&bytes, &file.display().to_string());
        }
    }

    const FIRST_SHEET: &str = "xl/worksheets/sheet1.xml";

    /// The package with one part rewritten.
    fn rewritten(bytes: &[u8], changed: &str, rewrite: impl Fn(&str) -> String) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            let name = part.name().unwrap().into_owned();
            if name == changed {
                content = rewrite(std::str::from_utf8(&content).unwrap()).into_bytes();
            }
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(&content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn the_parser_goes_on_where_a_sheet_is_not_plain() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for file in ["tests/workbooks/shapes.xlsx", "sample-data/rekap-2023-05.xlsx"] {
            let bytes = fs::read(root.join(file)).unwrap();
            let whole = assert_same(&bytes, file).unwrap();
            for (cells_before, oddity) in
                [0, 1, 7, 20, 39].into_iter().flat_map(|n| [(n, "<!-- catatan -->"), (n, "\n ")])
            {
                let odd = rewritten(&bytes, FIRST_SHEET, |part| {
                    let place = part.match_indices("<c ").nth(cells_before).unwrap().0;
                    format!("{}{oddity}{}", &part[..place], &part[place..])
                });
                assert_eq!(assert_same(&odd, file).as_ref(), Some(&whole), "{file}: {cells_before} cells, {oddity}");
            }
            let rewrites: [fn(&str) -> String; 10] = [
                |part| part.replace("<sheetData>", "<sheetData/><sheetData>"),
                |part| part.replace("<sheetData>", "<sheetData ></sheetData><sheetData>"),
                |part| part.replace(" t=\"s\"", "  t=\"s\""),
                |part| part.replace(" t=\"s\"", " t =\"s\""),
                |part| part.replace(" t=\"s\"", "\nt=\"s\""),
                |part| part.replace("</v></c></row>", "</v><extLst/></c></row>"),
                |part| part.replace("<v>1</v>", "<v><![CDATA[1]]></v>"),
                |part| part.replace("<v>2</v>", "<f>1+1</f>"),
                |part| part.replace("<row ", "<row\t").replace(" r=\"B", "  r=\"B"),
                |part| part[..part.len() * 2 / 3].to_owned(),
            ];
            for (place, rewrite) in rewrites.into_iter().enumerate() {
                assert_same(&rewritten(&bytes, FIRST_SHEET, rewrite), &format!("{file}: rewritten {place}"));
            }
        }
    }

    #[test]
    fn texts_in_their_cells_are_the_same_the_quick_way() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let bytes = fs::read(root.join("sample-data/rekap-2023-05.xlsx")).unwrap();
        let texts = [
            "<t>Pustu Sidomulyo</t>",
            "<t xml:space=\"preserve\"> Pustu  Sidomulyo </t>",
            "<t> Pustu Sidomulyo </t>",
            "<t>Klinik &quot;Sehat&quot; &amp; Bugar &lt;1&gt; &#233;</t>",
            "<t>satu&#13;dua&#10;tiga</t>",
            "<t>baris satu\nbaris dua</t>",
            "<t>satu_x000D_dua</t>",
            "<t></t>",
            "<t/>",
            "<r><t>Pustu </t></r><r><rPr><strike/></rPr><t>Sidomulyo</t></r>",
            "<t>Pustu</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>",
            "<t>&apa;</t>",
            "<t><![CDATA[Pustu]]></t>",
        ];
        for text in texts {
            let name = format!("texts: {text}");
            let of = |strings: &[&str]| {
                let row = |(number, text): (u32, &&str)| {
                    format!("<row r=\"{number}\"><c r=\"B{number}\" t=\"inlineStr\"><is>{text}</is></c></row>")
                };
                let rows: String = (900..).zip(strings).map(row).collect();
                rewritten(&bytes, FIRST_SHEET, |part| part.replace("</sheetData>", &format!("{rows}</sheetData>")))
            };
            assert_same(&of(&[texts[0], text, texts[1]]), &name);
        }
    }

    #[test]
    fn dates_of_any_format_are_the_same_the_quick_way() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let bytes = fs::read(root.join("sample-data/rekap-2023-05.xlsx")).unwrap();
        let own = "formatCode=\"DD/MM/YYYY\"";
        for code in ["yyyy-mm-dd h:mm:ss", "YYYY-MM-DD HH:MM:SS", "d mmm yyyy hh:mm", "h:mm:ss", "[h]:mm:ss", "mm:ss.0"]
        {
            let other = rewritten(&bytes, "xl/styles.xml", |part| {
                assert!(part.contains(own));
                part.replace(own, &format!("formatCode=\"{code}\""))
            });
            assert_same(&other, code).unwrap();
        }
    }

    /// A part whose small numbers are formulas that show zero.
    fn zeros(part: &str) -> String {
        let shown = ["<v>1</v>", "<v>2</v>", "<v>3</v>"];
        shown.iter().fold(part.to_owned(), |part, shown| part.replace(shown, "<f>1+1</f><v>0</v>"))
    }

    #[test]
    fn zeros_of_formulas_mean_the_same_the_quick_way() {
        let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/rekap-2023-05.xlsx")).unwrap();
        let plain = rewritten(&bytes, "xl/workbook.xml", |part| {
            let start = part.find("<calcPr").unwrap_or(part.len());
            let end = part[start..].find("/>").map_or(start, |end| start + end + 2);
            part.replace(&part[start..end], "<calcPr fullCalcOnLoad=\"1\"/>")
        });
        let not_computed = |formula: fn(&str) -> String| {
            let book = assert_same(&rewritten(&plain, FIRST_SHEET, formula), "zeros").unwrap();
            let cells = book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
            cells.filter(|cell| cell.value == CellValue::FormulaNotComputed).count()
        };
        assert!(not_computed(zeros) > 1);
        // One formula that shows something: somebody computed them.
        assert_eq!(not_computed(|part| zeros(part).replacen("</f><v>0", "</f><v>2", 1)), 0);
        // The rest of the sheet is the parser's.
        assert!(not_computed(|part| zeros(part).replacen("</row>", "<!-- x --></row>", 1)) > 1);
    }
}
