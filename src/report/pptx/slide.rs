//! One slide as the XML of its part: where its title, its body and its footer stand, in which size. Knows no package.

use super::fit::{self, size_for};
use super::shapes::{Grid, Ids, Marks, SlideArea, Type, chart_frame, paragraph, picture, rule, table, text_box};
use crate::charts::tokens;
use crate::dashboard::meeting::{FormerDecision, Slide, SlideBars, SlideBody};
use crate::domain::format;
use crate::domain::written::Decision;
use crate::report::document::Letterhead;
use crate::report::mark::PaperMark;

/// Width of a slide, English Metric Units: 13 1/3 inches, that of a wide screen.
pub(super) const WIDTH: f64 = 12_192_000.0;
/// Height of a slide.
pub(super) const HEIGHT: f64 = 6_858_000.0;
/// Margin at each side.
const MARGIN: f64 = 500_000.0;
/// Width between the margins.
const INNER: f64 = WIDTH - 2.0 * MARGIN;
/// Type sizes of titles, sentences and side notes, points.
const TITLE_SIZES: [f64; 4] = [32.0, 28.0, 24.0, 20.0];
const SENTENCE_SIZES: [f64; 7] = [28.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0];
const SUBTITLE_SIZES: [f64; 4] = [18.0, 16.0, 14.0, 12.0];
const TALK_SIZES: [f64; 3] = [16.0, 14.0, 12.0];
const SIDE_SIZES: [f64; 5] = [20.0, 18.0, 16.0, 14.0, 12.0];
/// Longer side of the logo, English Metric Units.
const LOGO_SIDE: f64 = 1_100_000.0;
/// Rows of the table of decisions, those to write into among them.
const DECISION_ROWS: usize = 6;
/// Names of a column.
const NAMES_IN_COLUMN_MAX: usize = 10;
/// Lines of a title.
const TITLE_LINES_MAX: u32 = 3;
/// Lines of names of those who did not report.
const UNREPORTED_LINES_MAX: u32 = 2;
/// Says behind a chart's subtitle which fill of a column means what.
const LOOKS: &str = " · penuh: mencapai target, bergaris: belum, hitam: Puskesmas";
/// Relation of the slide's chart.
pub(super) const CHART_RELATION: &str = "rId3";
/// Relation of the logo, on the first slide.
pub(super) const LOGO_RELATION: &str = "rId4";
/// Relation of the code by which the file proves itself, on the first slide.
pub(super) const CODE_RELATION: &str = "rId5";
/// Side of that code, English Metric Units.
const CODE_SIDE: f64 = 1_260_000.0;

const TITLE: SlideArea = SlideArea { left: MARGIN, top: 320_000.0, width: INNER, height: 900_000.0 };
const SUBTITLE: SlideArea = SlideArea { left: MARGIN, top: 1_230_000.0, width: INNER, height: 340_000.0 };
const BODY: SlideArea = SlideArea { left: MARGIN, top: 1_680_000.0, width: INNER, height: 4_560_000.0 };
const FOOTER: SlideArea = SlideArea { left: MARGIN, top: 6_420_000.0, width: INNER - 900_000.0, height: 240_000.0 };

/// Everything around a slide's own content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    /// Letterhead; on the first slide alone.
    pub(super) letterhead: Option<&'a Letterhead>,
    /// Height to width of the logo; on the first slide alone, where there is one.
    pub(super) logo_aspect: Option<f64>,
    /// Code by which the file proves itself; on the first slide alone.
    pub(super) mark: Option<&'a PaperMark>,
    /// Sources, day and id.
    pub(super) footer: &'a str,
    /// Description of the slide's chart.
    pub(super) chart: &'a str,
}

/// The part of a slide.
pub(super) fn xml(slide: &Slide, around: &Surroundings<'_>) -> String {
    let mut ids = Ids::default();
    let mut shapes = Vec::new();
    let body = if let Some(letterhead) = around.letterhead {
        shapes.extend(opening_head(&mut ids, slide, letterhead, around));
        SlideArea { top: 3_250_000.0, height: 2_990_000.0, ..BODY }
    } else {
        let size = size_for(&[&slide.title], &TITLE_SIZES, TITLE.room());
        let title = paragraph(&cut_to(&slide.title, size, TITLE), Type::bold(size), Marks::None);
        shapes.push(text_box(&mut ids, "Judul", r#"<p:ph type="title"/>"#, TITLE, &title));
        if !slide.subtitle.is_empty() {
            let key = if matches!(slide.body, SlideBody::Bars(_)) { LOOKS } else { "" };
            let text = format!("{}{key}", slide.subtitle);
            let size = size_for(&[&text], &SUBTITLE_SIZES, SUBTITLE.room());
            let text = paragraph(&fit::cut(&text, size, SUBTITLE.width, 1), Type::muted(size), Marks::None);
            shapes.push(text_box(&mut ids, "Keterangan", "", SUBTITLE, &text));
        }
        BODY
    };
    shapes.extend(body_shapes(&mut ids, slide, body, around));
    shapes.push(footer(&mut ids, around.footer));
    shapes.push(slide_number(&mut ids));
    part("p:sld", &shapes.concat())
}

/// Cuts a title to the lines that its area holds.
fn cut_to(text: &str, size: f64, area: SlideArea) -> String {
    let line = size * fit::LINE_HEIGHT * fit::EMU_PER_POINT;
    let lines = (1..=TITLE_LINES_MAX).rev().find(|lines| f64::from(*lines) * line <= area.height).unwrap_or(1);
    fit::cut(text, size, area.width, lines)
}

/// A part that holds shapes.
fn part(element: &str, shapes: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><{element} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></{element}>"#
    )
}

/// Letterhead with its logo and rule, then the title of the meeting.
fn opening_head(ids: &mut Ids, slide: &Slide, letterhead: &Letterhead, around: &Surroundings<'_>) -> Vec<String> {
    let Surroundings { logo_aspect, mark, .. } = *around;
    let mut shapes = Vec::new();
    let mut lines: Vec<(&str, Type)> = letterhead.above.iter().map(|line| (line.as_str(), Type::plain(16.0))).collect();
    lines.push((&letterhead.name, Type::bold(22.0)));
    lines.extend(letterhead.address.lines().map(|line| (line, Type::muted(14.0))));
    let left = if logo_aspect.is_some() { MARGIN + 1_300_000.0 } else { MARGIN };
    let area = SlideArea {
        left,
        top: 280_000.0,
        width: WIDTH - MARGIN - left - if mark.is_some() { CODE_SIDE } else { 0.0 },
        height: 1_250_000.0,
    };
    let text: String = lines
        .iter()
        .take(5)
        .map(|(line, kind)| paragraph(&fit::cut(line, kind.size, area.width, 1), *kind, Marks::None))
        .collect();
    if let Some(aspect) = logo_aspect {
        let width = LOGO_SIDE / aspect.max(1.0);
        let area = SlideArea { left: MARGIN, top: 280_000.0, width, height: width * aspect };
        shapes.push(picture(ids, LOGO_RELATION, area, "Logo"));
    }
    if let Some(mark) = mark {
        let area = SlideArea { left: WIDTH - MARGIN - CODE_SIDE, top: 280_000.0, width: CODE_SIDE, height: CODE_SIDE };
        shapes.push(picture(ids, CODE_RELATION, area, &mark.line()));
    }
    shapes.push(text_box(ids, "Kop", "", area, &text));
    shapes.push(rule(ids, SlideArea { left: MARGIN, top: 1_620_000.0, width: INNER, height: 28_000.0 }, tokens::INK));
    let area = SlideArea { left: MARGIN, top: 1_800_000.0, width: INNER, height: 900_000.0 };
    let size = size_for(&[&slide.title], &[40.0, 36.0, 32.0, 28.0, 24.0], area.room());
    let title = paragraph(&cut_to(&slide.title, size, area), Type::bold(size), Marks::None);
    shapes.push(text_box(ids, "Judul", r#"<p:ph type="title"/>"#, area, &title));
    let area = SlideArea { top: 2_720_000.0, height: 380_000.0, ..area };
    let text = paragraph(&fit::cut(&slide.subtitle, 20.0, area.width, 1), Type::muted(20.0), Marks::None);
    shapes.push(text_box(ids, "Keterangan", "", area, &text));
    shapes
}

fn body_shapes(ids: &mut Ids, slide: &Slide, area: SlideArea, around: &Surroundings<'_>) -> Vec<String> {
    match &slide.body {
        SlideBody::Opening { lines, agenda } => {
            let half = area.width / 2.0 - 200_000.0;
            let left = SlideArea { width: half, ..area };
            let right = SlideArea { left: area.left + half + 400_000.0, width: half, ..area };
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            vec![
                list(ids, "Keadaan", left, Listed { heading: "", lines: &lines, marks: Marks::Bullets }, &SIDE_SIZES),
                list(
                    ids,
                    "Acara",
                    right,
                    Listed { heading: "Acara", lines: agenda, marks: Marks::Numbers },
                    &SIDE_SIZES,
                ),
            ]
        }
        SlideBody::Lines(lines) | SlideBody::Closing(lines) => {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            vec![list(ids, "Isi", area, Listed { heading: "", lines: &lines, marks: Marks::Bullets }, &SENTENCE_SIZES)]
        }
        SlideBody::Table(rows) => {
            let area = SlideArea { height: area.height - 340_000.0, ..area };
            let heads = rows.heads.iter().map(|head| (*head).to_owned()).collect();
            let mut shapes =
                vec![table(ids, area, &Grid { heads, rows: rows.rows.clone(), row_height: 330_000.0, weights: &[] })];
            if rows.left_out > 0 {
                let area = SlideArea { top: area.top + area.height + 60_000.0, ..area };
                shapes.push(left_out_box(ids, rows.left_out, area));
            }
            shapes
        }
        SlideBody::Bars(bars) => bars_shapes(ids, bars, area, around.chart),
        SlideBody::Names { names, left_out } => names_shapes(ids, names, *left_out, area),
        SlideBody::Decisions(decisions) => vec![table(ids, area, &former_decisions(decisions))],
        SlideBody::NewDecisions(taken) => vec![table(ids, area, &new_decisions(taken))],
    }
}

/// Names in columns side by side.
fn names_shapes(ids: &mut Ids, names: &[String], left_out: usize, area: SlideArea) -> Vec<String> {
    let columns = names.len().div_ceil(NAMES_IN_COLUMN_MAX).clamp(1, 3);
    let in_each = names.len().div_ceil(columns).max(1);
    let width = area.width / [1.0, 2.0, 3.0][columns - 1];
    let mut left = area.left;
    let mut shapes = Vec::new();
    for column in names.chunks(in_each) {
        let lines: Vec<&str> = column.iter().map(String::as_str).collect();
        let area = SlideArea { left, width: width - 150_000.0, height: area.height - 400_000.0, ..area };
        let listed = Listed { heading: "", lines: &lines, marks: Marks::Bullets };
        shapes.push(list(ids, "Nama", area, listed, &SIDE_SIZES));
        left += width;
    }
    if left_out > 0 {
        shapes.push(left_out_box(ids, left_out, SlideArea { top: area.top + area.height - 300_000.0, ..area }));
    }
    shapes
}

fn left_out_box(ids: &mut Ids, count: usize, area: SlideArea) -> String {
    let text = paragraph(&format!("dan {count} lagi"), Type::muted(16.0), Marks::None);
    text_box(ids, "Selebihnya", "", SlideArea { height: 280_000.0, ..area }, &text)
}

/// Decisions of meetings before, each with its state.
fn former_decisions(decisions: &[FormerDecision]) -> Grid {
    let row = |former: &FormerDecision| {
        let decision = &former.decision;
        vec![
            decision.decision.clone(),
            decision.owner.clone().unwrap_or_default(),
            decision.due.map_or_else(|| "–".to_owned(), format::date),
            former.done.clone().unwrap_or_else(|| former.undone.clone()),
        ]
    };
    let heads = ["Keputusan", "Siapa", "Batas waktu", "Keadaan"].map(ToOwned::to_owned).to_vec();
    Grid { heads, rows: decisions.iter().map(row).collect(), row_height: 330_000.0, weights: &[5.0, 2.5, 2.0, 2.5] }
}

/// Decisions that were taken so far, and lines to write more on.
fn new_decisions(taken: &[Decision]) -> Grid {
    let heads = ["No", "Keputusan", "Siapa", "Batas waktu"].map(ToOwned::to_owned).to_vec();
    let mut rows: Vec<Vec<String>> = taken
        .iter()
        .map(|decision| {
            let due = decision.due.map(format::date).unwrap_or_default();
            vec![String::new(), decision.decision.clone(), decision.owner.clone().unwrap_or_default(), due]
        })
        .collect();
    rows.resize(rows.len().max(DECISION_ROWS), vec![String::new(); heads.len()]);
    for (number, row) in (1..).zip(&mut rows) {
        row[0] = number.to_string();
    }
    let row_height = if rows.len() > DECISION_ROWS { 330_000.0 } else { 600_000.0 };
    Grid { heads, rows, row_height, weights: &[1.0, 10.0, 4.0, 3.0] }
}

/// The chart over the whole width, so that names have room; below it who did not report and what to talk about.
fn bars_shapes(ids: &mut Ids, bars: &SlideBars, area: SlideArea, description: &str) -> Vec<String> {
    let unreported = if bars.unreported.is_empty() { 0.0 } else { 540_000.0 };
    let talk = if bars.talk.is_empty() { 0.0 } else { 1_200_000.0 };
    let chart = SlideArea { height: area.height - unreported - talk, ..area };
    let mut shapes = vec![chart_frame(ids, CHART_RELATION, chart, description)];
    let below = chart.top + chart.height;
    if !bars.unreported.is_empty() {
        let area = SlideArea { top: below + 60_000.0, height: unreported - 60_000.0, ..area };
        let text = format!("Belum lapor: {}", bars.unreported.join(", "));
        let text = fit::cut(&text, 14.0, area.width, UNREPORTED_LINES_MAX);
        shapes.push(text_box(ids, "Belum lapor", "", area, &paragraph(&text, Type::plain(14.0), Marks::None)));
    }
    if !bars.talk.is_empty() {
        let area = SlideArea { top: below + unreported + 60_000.0, height: talk - 60_000.0, ..area };
        let lines: Vec<&str> = bars.talk.iter().map(String::as_str).collect();
        let listed = Listed { heading: "Yang perlu dibicarakan", lines: &lines, marks: Marks::Numbers };
        shapes.push(list(ids, "Bahasan", area, listed, &TALK_SIZES));
    }
    shapes
}

/// Lines with a heading.
#[derive(Clone, Copy)]
struct Listed<'a> {
    heading: &'a str,
    lines: &'a [&'a str],
    marks: Marks,
}

fn list(ids: &mut Ids, name: &str, area: SlideArea, listed: Listed<'_>, sizes: &[f64]) -> String {
    let mut all: Vec<&str> = Vec::new();
    all.extend(Some(listed.heading).filter(|heading| !heading.is_empty()));
    all.extend(listed.lines);
    // The marks take a line's first letters.
    let room = fit::Room { width: area.width * 0.92, height: area.height };
    let size = size_for(&all, sizes, room);
    let heading = Some(listed.heading).filter(|heading| !heading.is_empty());
    let mut text: String = heading.map(|heading| paragraph(heading, Type::bold(size), Marks::None)).unwrap_or_default();
    text.extend(listed.lines.iter().map(|line| {
        let line = fit::cut(line, size, room.width, LINES_OF_SENTENCE_MAX);
        paragraph(&line, Type::plain(size), listed.marks)
    }));
    text_box(ids, name, "", area, &text)
}

/// Lines of one sentence of a list.
const LINES_OF_SENTENCE_MAX: u32 = 5;

fn footer(ids: &mut Ids, text: &str) -> String {
    let text = paragraph(&fit::cut(text, 11.0, FOOTER.width, 1), Type::muted(11.0), Marks::None);
    text_box(ids, "Sumber", "", FOOTER, &text)
}

fn slide_number(ids: &mut Ids) -> String {
    let area = SlideArea { left: WIDTH - MARGIN - 800_000.0, width: 800_000.0, ..FOOTER };
    let text = r#"<a:p><a:pPr algn="r"/><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="id-ID" sz="1100"/><a:t>‹#›</a:t></a:fld></a:p>"#;
    text_box(ids, "Nomor", "", area, text)
}

/// The part of a slide's notes: what whoever leads the meeting says or asks.
pub(super) fn notes_xml(lines: &[String]) -> String {
    let text: String = lines.iter().map(|line| paragraph(line, Type::plain(12.0), Marks::None)).collect();
    let image = r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="Salindia 2"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>"#;
    let body = format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="3" name="Catatan 3"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"#
    );
    part("p:notes", &format!("{image}{body}"))
}
