//! A native chart of a slide: its XML, and the workbook behind it with which it is edited. Draws nothing itself.

use rust_xlsxwriter::{DocProperties, Format, Workbook};

use super::shapes::hex;
use crate::charts::tokens;
use crate::dashboard::meeting::{SlideBar, SlideBars};
use crate::domain::Date;
use crate::report::ReportError;
use crate::report::escaped::escaped;
use crate::report::words::clean;
use crate::report::xlsx::excel_date;

/// Format of figures, with the decimal comma of Indonesian where the office program has no other mind.
const ONE_DECIMAL: &str = "[$-421]0.0";
/// Heading of the names in the workbook.
const NAMES: &str = "Faskes";
/// Heading of the values, and name of their series.
const VALUES: &str = "Capaian (%)";
/// Heading of the target, and name of its line.
const TARGET: &str = "Target (%)";

/// A chart: one column a facility and one for the Puskesmas, the target as a line.
#[derive(Clone, Debug)]
pub(super) struct SlideChart {
    /// XML of the part.
    pub(super) xml: String,
    /// Workbook that it embeds.
    pub(super) workbook: Vec<u8>,
    /// Describes it to those who do not see it.
    pub(super) description: String,
}

/// One category, in the order of the axis.
struct ChartPoint {
    name: String,
    percent: Option<f64>,
    look: Look,
}

/// Fill of a column: told apart without colour too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Reaches the target, or nobody says so: filled.
    Reached,
    /// Does not: hatched.
    Missed,
    Total,
}

impl SlideChart {
    /// The chart of an indicator's slide on this day.
    pub(super) fn from_bars(bars: &SlideBars, title: &str, day: Date) -> Result<Self, ReportError> {
        let points = points(bars);
        let told: Vec<String> =
            bars.bars.iter().chain([&bars.total]).map(|bar| format!("{} {}", bar.name, bar.words)).collect();
        Ok(Self {
            xml: xml(&points, bars.target),
            workbook: workbook(&points, bars.target, day)?,
            description: format!("{title}. {}", told.join("; ")),
        })
    }
}

fn points(bars: &SlideBars) -> Vec<ChartPoint> {
    let mut points: Vec<ChartPoint> = bars.bars.iter().map(|bar| point(bar, look_of(bar))).collect();
    if let Some(gap) = bars.gap {
        let name = format!("… {} lagi …", gap.count);
        points.insert(gap.after.min(points.len()), ChartPoint { name, percent: None, look: Look::Reached });
    }
    points.push(point(&bars.total, Look::Total));
    points
}

fn look_of(bar: &SlideBar) -> Look {
    if bar.is_reached == Some(false) { Look::Missed } else { Look::Reached }
}

fn point(bar: &SlideBar, look: Look) -> ChartPoint {
    ChartPoint { name: clean(&bar.name), percent: bar.percent, look }
}

/// The workbook: a row a category, below headings. Cells are texts and numbers, never formulas.
fn workbook(points: &[ChartPoint], target: f64, day: Date) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let created = excel_date(day)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = book.add_worksheet();
    sheet.set_name("Data")?;
    let percent = Format::new().set_num_format(ONE_DECIMAL);
    for (column, heading) in (0..).zip([NAMES, VALUES, TARGET]) {
        sheet.write_string(0, column, heading)?;
    }
    for (row, point) in (1..).zip(points) {
        sheet.write_string(row, 0, &point.name)?;
        if let Some(value) = point.percent {
            sheet.write_number_with_format(row, 1, value, &percent)?;
        }
        sheet.write_number_with_format(row, 2, target, &percent)?;
    }
    sheet.set_column_width(0, 32)?;
    Ok(book.save_to_buffer()?)
}

fn xml(points: &[ChartPoint], target: f64) -> String {
    let last = points.len() + 1;
    let values: Vec<Option<f64>> = points.iter().map(|point| point.percent).collect();
    let targets = vec![Some(target); points.len()];
    let looks: String = (0..).zip(points).map(|(place, point)| look_xml(place, point.look)).collect();
    let names = format!(
        "<c:cat><c:strRef><c:f>Data!$A$2:$A${last}</c:f><c:strCache><c:ptCount val=\"{}\"/>{}</c:strCache></c:strRef></c:cat>",
        points.len(),
        cache(points.iter().map(|point| Some(escaped(&point.name))))
    );
    let bars = format!(
        r#"<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>{}<c:spPr>{}</c:spPr><c:invertIfNegative val="0"/>{looks}{}{names}{}</c:ser><c:gapWidth val="55"/><c:axId val="111"/><c:axId val="112"/></c:barChart>"#,
        series_name("B", VALUES),
        solid(tokens::GOOD),
        labels(),
        numbers("B", last, &values),
    );
    let line = format!(
        r#"<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/><c:ser><c:idx val="1"/><c:order val="1"/>{}<c:spPr><a:ln w="28575"><a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:prstDash val="dash"/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>{names}{}<c:smooth val="0"/></c:ser><c:marker val="1"/><c:axId val="111"/><c:axId val="112"/></c:lineChart>"#,
        series_name("C", TARGET),
        hex(tokens::INK),
        numbers("C", last, &targets),
    );
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:date1904 val="0"/><c:lang val="id-ID"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{bars}{line}{}</c:plotArea><c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1400"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"#,
        axes(),
        hex(tokens::INK)
    )
}

fn solid(color: &str) -> String {
    format!(r#"<a:solidFill><a:srgbClr val="{}"/></a:solidFill>"#, hex(color))
}

/// The fill of one column, where it is not that of its series.
fn look_xml(place: usize, look: Look) -> String {
    let fill = match look {
        Look::Reached => return String::new(),
        Look::Missed => format!(
            r#"<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{0}"/></a:fgClr><a:bgClr><a:srgbClr val="{1}"/></a:bgClr></a:pattFill><a:ln w="12700"><a:solidFill><a:srgbClr val="{0}"/></a:solidFill></a:ln>"#,
            hex(tokens::POOR),
            hex(tokens::PAPER)
        ),
        Look::Total => solid(tokens::INK),
    };
    format!(
        r#"<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{fill}</c:spPr></c:dPt>"#
    )
}

fn series_name(column: &str, name: &str) -> String {
    format!(
        r#"<c:tx><c:strRef><c:f>Data!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{}</c:v></c:pt></c:strCache></c:strRef></c:tx>"#,
        escaped(name)
    )
}

/// Points of a cache, by their place; what is not known has none.
fn cache(values: impl Iterator<Item = Option<String>>) -> String {
    let known = values.enumerate().filter_map(|(place, value)| Some((place, value?)));
    known.map(|(place, value)| format!("<c:pt idx=\"{place}\"><c:v>{value}</c:v></c:pt>")).collect::<Vec<_>>().concat()
}

/// Values of a series; what is not known has no point.
fn numbers(column: &str, last: usize, values: &[Option<f64>]) -> String {
    let points = cache(values.iter().map(|value| value.map(|value| value.to_string())));
    format!(
        r#"<c:val><c:numRef><c:f>Data!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>{ONE_DECIMAL}</c:formatCode><c:ptCount val="{}"/>{points}</c:numCache></c:numRef></c:val>"#,
        values.len()
    )
}

fn labels() -> String {
    format!(
        r#"<c:dLbls><c:numFmt formatCode="{ONE_DECIMAL}" sourceLinked="0"/><c:spPr>{}<a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1600" b="1">{}</a:defRPr></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>"#,
        // Paper behind the figure: the line of the target ends at it instead of crossing it.
        solid(tokens::PAPER),
        solid(tokens::INK)
    )
}

fn axes() -> String {
    let thin = |color: &str| format!(r#"<a:ln w="9525">{}</a:ln>"#, solid(color));
    format!(
        r#"<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{}</c:spPr><c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200"/></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr><c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx><c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr>{}</c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>"#,
        thin(tokens::INK),
        thin(tokens::GRID)
    )
}
