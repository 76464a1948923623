//! Small pieces of DrawingML: boxes of text, tables, frames of charts, pictures. Knows no slide of ours.

use super::fit::{EMU_PER_POINT, LINE_HEIGHT, Room, cut, lines_of};
use crate::charts::tokens;
use crate::report::escaped::escaped;

/// A rectangle on a slide, in English Metric Units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SlideArea {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl SlideArea {
    pub(super) fn room(self) -> Room {
        Room { width: self.width, height: self.height }
    }

    fn transform(self, element: &str) -> String {
        format!(
            r#"<{element}><a:off x="{:.0}" y="{:.0}"/><a:ext cx="{:.0}" cy="{:.0}"/></{element}>"#,
            self.left, self.top, self.width, self.height
        )
    }
}

/// Type of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// Points.
    pub(super) size: f64,
    /// `#RRGGBB`.
    pub(super) color: &'static str,
    pub(super) is_bold: bool,
}

impl Type {
    pub(super) fn plain(size: f64) -> Self {
        Self { size, color: tokens::INK, is_bold: false }
    }

    pub(super) fn bold(size: f64) -> Self {
        Self { is_bold: true, ..Self::plain(size) }
    }

    pub(super) fn muted(size: f64) -> Self {
        Self { color: tokens::ROOM_MUTED, ..Self::plain(size) }
    }
}

/// `1F9E89` of `#1F9E89`.
pub(super) fn hex(color: &str) -> &str {
    color.trim_start_matches('#')
}

/// Marks before the paragraphs of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    None,
    Bullets,
    Numbers,
}

/// One run of text.
pub(super) fn run(text: &str, kind: Type) -> String {
    let bold = if kind.is_bold { r#" b="1""# } else { "" };
    format!(
        r#"<a:r><a:rPr lang="id-ID" sz="{:.0}"{bold} dirty="0"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:rPr><a:t>{}</a:t></a:r>"#,
        kind.size * 100.0,
        hex(kind.color),
        escaped(text)
    )
}

pub(super) fn paragraph(text: &str, kind: Type, marks: Marks) -> String {
    let indent = kind.size * EMU_PER_POINT;
    let list = match marks {
        Marks::None => "<a:buNone/>".to_owned(),
        Marks::Bullets => r#"<a:buFont typeface="Arial"/><a:buChar char="•"/>"#.to_owned(),
        Marks::Numbers => r#"<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>"#.to_owned(),
    };
    let at = match marks {
        Marks::None => r#"marL="0" indent="0""#.to_owned(),
        Marks::Bullets | Marks::Numbers => format!(r#"marL="{:.0}" indent="-{:.0}""#, indent * 1.2, indent * 1.2),
    };
    format!(
        r#"<a:p><a:pPr {at}><a:spcBef><a:spcPts val="{:.0}"/></a:spcBef>{list}</a:pPr>{}</a:p>"#,
        kind.size * 100.0 / 3.0,
        run(text, kind)
    )
}

/// Names of shapes are counted over a slide.
#[derive(Debug, Default)]
pub(super) struct Ids {
    last: u32,
}

impl Ids {
    /// The next id of a shape; 1 is the slide's own tree.
    pub(super) fn next(&mut self) -> u32 {
        self.last += 1;
        self.last + 1
    }
}

/// A box of paragraphs. `placeholder` is the XML of what it stands for in the layout (`<p:ph type="title"/>`), or blank.
pub(super) fn text_box(ids: &mut Ids, name: &str, placeholder: &str, area: SlideArea, paragraphs: &str) -> String {
    let id = ids.next();
    let what = if placeholder.is_empty() { r#"<p:cNvSpPr txBox="1"/>"# } else { "<p:cNvSpPr/>" };
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{} {id}"/>{what}<p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"#,
        escaped(name),
        area.transform("a:xfrm"),
    )
}

/// A filled bar without text.
pub(super) fn rule(ids: &mut Ids, area: SlideArea, color: &str) -> String {
    let id = ids.next();
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="Garis {id}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="id-ID"/></a:p></p:txBody></p:sp>"#,
        area.transform("a:xfrm"),
        hex(color)
    )
}

/// A picture of a relation.
pub(super) fn picture(ids: &mut Ids, relation: &str, area: SlideArea, description: &str) -> String {
    let id = ids.next();
    format!(
        r#"<p:pic><p:nvPicPr><p:cNvPr id="{id}" name="Gambar {id}" descr="{}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"#,
        escaped(description),
        area.transform("a:xfrm")
    )
}

/// The frame of a chart of a relation.
pub(super) fn chart_frame(ids: &mut Ids, relation: &str, area: SlideArea, description: &str) -> String {
    let id = ids.next();
    format!(
        r#"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{id}" name="Grafik {id}" descr="{}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>"#,
        escaped(description),
        area.transform("p:xfrm")
    )
}

/// A table as it is put on a slide.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// Lowest height of a row, English Metric Units: rows to write in are higher.
    pub(super) row_height: f64,
    /// Shares of the columns in the width, one each; empty: by their texts.
    pub(super) weights: &'static [f64],
}

/// Type sizes of tables, points.
const TABLE_SIZES: [f64; 6] = [20.0, 18.0, 16.0, 14.0, 12.0, 11.0];
/// Margin of a cell on each side, English Metric Units.
const CELL_MARGIN: f64 = 72_000.0;
/// Share of the width that no column goes below.
const NARROWEST: f64 = 0.07;
/// Lines that a cell is cut to where even the smallest size does not fit.
const CELL_LINES_MAX: u32 = 2;

/// A table as large as it can be read, within its area.
pub(super) fn table(ids: &mut Ids, area: SlideArea, grid: &Grid) -> String {
    let widths = column_widths(grid, area.width);
    let height_at = |size: f64| -> f64 {
        let rows = std::iter::once(&grid.heads).chain(&grid.rows);
        rows.map(|row| row_height(row, size, &widths).max(grid.row_height)).sum()
    };
    let smallest = TABLE_SIZES[TABLE_SIZES.len() - 1];
    let size = TABLE_SIZES.into_iter().find(|size| height_at(*size) <= area.height).unwrap_or(smallest);
    let is_cut = height_at(size) > area.height;
    let shown = |row: &[String]| -> Vec<String> {
        let cells = row.iter().zip(&widths);
        let cut_to = |(text, width): (&String, &f64)| cut(text, size, width - 2.0 * CELL_MARGIN, CELL_LINES_MAX);
        if is_cut { cells.map(cut_to).collect() } else { row.to_vec() }
    };
    let mut rows = vec![row(&grid.heads, Type::bold(size), &widths, grid.row_height.min(area.height / 8.0))];
    rows.extend(grid.rows.iter().map(|cells| row(&shown(cells), Type::plain(size), &widths, grid.row_height)));
    let id = ids.next();
    let columns: Vec<String> = widths.iter().map(|width| format!(r#"<a:gridCol w="{width:.0}"/>"#)).collect();
    format!(
        r#"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{id}" name="Tabel {id}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{}</a:tblGrid>{}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"#,
        area.transform("p:xfrm"),
        columns.concat(),
        rows.concat()
    )
}

/// Widths of the columns: by their longest words of all cells, none below [`NARROWEST`].
fn column_widths(grid: &Grid, width: f64) -> Vec<f64> {
    let count = grid.heads.len();
    if grid.weights.len() == count {
        return grid.weights.iter().map(|weight| weight / grid.weights.iter().sum::<f64>() * width).collect();
    }
    let longest = |column: usize| -> f64 {
        let cells = grid.rows.iter().filter_map(|row| row.get(column)).chain(grid.heads.get(column));
        // A long text takes several lines: its weight grows with the root of its length.
        cells.map(|text| text.chars().fold(0.0, |count: f64, _| count + 1.0).sqrt()).fold(1.0, f64::max)
    };
    let weights: Vec<f64> = (0..count).map(longest).collect();
    let sum: f64 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|weight| (weight / sum).max(NARROWEST)).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| share / sum * width).collect()
}

/// Height that a row's texts need.
fn row_height(row: &[String], size: f64, widths: &[f64]) -> f64 {
    let lines = row.iter().zip(widths).map(|(text, width)| lines_of(text, size, width - 2.0 * CELL_MARGIN));
    f64::from(lines.max().unwrap_or(1)) * size * LINE_HEIGHT * EMU_PER_POINT + CELL_MARGIN
}

fn row(cells: &[String], kind: Type, widths: &[f64], lowest: f64) -> String {
    let edge = |name: &str, width: u32| {
        let color = if kind.is_bold { tokens::INK } else { tokens::GRID };
        format!(r#"<a:{name} w="{width}"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:{name}>"#, hex(color))
    };
    let fill = if kind.is_bold { tokens::SURFACE } else { tokens::PAPER };
    let none = |name: &str| format!(r#"<a:{name} w="0"><a:noFill/></a:{name}>"#);
    let cell = |text: &String| {
        format!(
            r#"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{}</a:p></a:txBody><a:tcPr marL="{CELL_MARGIN:.0}" marR="{CELL_MARGIN:.0}" marT="{:.0}" marB="{:.0}">{}{}{}{}<a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:tcPr></a:tc>"#,
            run(text, kind),
            CELL_MARGIN / 2.0,
            CELL_MARGIN / 2.0,
            none("lnL"),
            none("lnR"),
            none("lnT"),
            edge("lnB", if kind.is_bold { 19_050 } else { 9_525 }),
            hex(fill)
        )
    };
    let height = row_height(cells, kind.size, widths).max(lowest);
    format!(r#"<a:tr h="{height:.0}">{}</a:tr>"#, cells.iter().map(cell).collect::<String>())
}
