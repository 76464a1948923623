//! The parts of a PPTX that stay the same, and those that only count slides and charts: types, relations, presentation,
//! masters, layout, theme, properties.

use crate::charts::tokens;
use crate::report::core_properties::CoreProperties;

use super::shapes::hex;
use super::slide::{CHART_RELATION, CODE_RELATION, HEIGHT, LOGO_RELATION, WIDTH};

/// Path of the logo.
pub(super) const LOGO: &str = "ppt/media/logo.png";
/// Path of the code by which the file proves itself.
pub(super) const CODE: &str = "ppt/media/kode.png";

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// Kinds of relations between parts of an office file.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Namespaces of a part of a presentation.
const NAMESPACES: &str = r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#;
/// Height of a page of notes, English Metric Units; its width is that of a slide's height.
const NOTES_HEIGHT: u32 = 9_144_000;
/// First id of a slide in the list of the presentation.
const SLIDE_ID_FIRST: usize = 256;

/// Counts and words that the fixed parts hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackageFacts<'a> {
    /// Number of slides, each with a page of notes.
    pub(super) slides: usize,
    /// Number of charts, each with its workbook.
    pub(super) charts: usize,
    /// Title, author and day.
    pub(super) properties: CoreProperties<'a>,
}

/// PptxParts that a slide refers to.
#[derive(Clone, Copy, Debug)]
pub(super) struct SlideLinks {
    pub(super) number: usize,
    /// Number of its chart.
    pub(super) chart: Option<usize>,
    pub(super) has_logo: bool,
    pub(super) has_code: bool,
}

/// Path of the workbook of a chart.
pub(super) fn workbook_path(number: usize) -> String {
    format!("ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
}

/// Every part but slides, notes, charts, workbooks and pictures.
pub(super) fn package(facts: &PackageFacts<'_>) -> Vec<(String, Vec<u8>)> {
    let master = relations(&[
        ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
        ("rId2", "theme", "../theme/theme1.xml"),
    ]);
    [
        ("[Content_Types].xml", content_types(facts)),
        ("_rels/.rels", root_relations()),
        ("docProps/core.xml", facts.properties.xml()),
        ("ppt/presentation.xml", presentation(facts.slides)),
        ("ppt/_rels/presentation.xml.rels", presentation_relations(facts.slides)),
        ("ppt/slideMasters/slideMaster1.xml", slide_master()),
        ("ppt/slideMasters/_rels/slideMaster1.xml.rels", master),
        ("ppt/slideLayouts/slideLayout1.xml", slide_layout()),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            relations(&[("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")]),
        ),
        ("ppt/notesMasters/notesMaster1.xml", notes_master()),
        ("ppt/notesMasters/_rels/notesMaster1.xml.rels", relations(&[("rId1", "theme", "../theme/theme2.xml")])),
        ("ppt/theme/theme1.xml", theme()),
        ("ppt/theme/theme2.xml", theme()),
        ("ppt/presProps.xml", format!("{DECLARATION}<p:presentationPr {NAMESPACES}/>")),
        ("ppt/viewProps.xml", format!("{DECLARATION}<p:viewPr {NAMESPACES}/>")),
        (
            "ppt/tableStyles.xml",
            format!(
                r#"{DECLARATION}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>"#
            ),
        ),
    ]
    .map(|(path, xml)| (path.to_owned(), xml.into_bytes()))
    .to_vec()
}

/// A file of relations: id, kind of the office's, target.
fn relations(all: &[(&str, &str, &str)]) -> String {
    let lines: Vec<String> = all
        .iter()
        .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#))
        .collect();
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
        lines.concat()
    )
}

fn root_relations() -> String {
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="ppt/presentation.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

fn content_types(facts: &PackageFacts<'_>) -> String {
    let presentation = "application/vnd.openxmlformats-officedocument.presentationml";
    let mut parts: Vec<(String, String)> = [
        ("presentation", "presentation.main"),
        ("slideMasters/slideMaster1", "slideMaster"),
        ("slideLayouts/slideLayout1", "slideLayout"),
        ("notesMasters/notesMaster1", "notesMaster"),
        ("presProps", "presProps"),
        ("viewProps", "viewProps"),
        ("tableStyles", "tableStyles"),
    ]
    .map(|(path, kind)| (format!("/ppt/{path}.xml"), format!("{presentation}.{kind}+xml")))
    .to_vec();
    for number in 1..=facts.slides {
        parts.push((format!("/ppt/slides/slide{number}.xml"), format!("{presentation}.slide+xml")));
        parts.push((format!("/ppt/notesSlides/notesSlide{number}.xml"), format!("{presentation}.notesSlide+xml")));
    }
    let drawing = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
    parts.extend((1..=facts.charts).map(|number| (format!("/ppt/charts/chart{number}.xml"), drawing.to_owned())));
    let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
    parts.extend([1, 2].map(|number| (format!("/ppt/theme/theme{number}.xml"), theme.to_owned())));
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    parts.push(("/docProps/core.xml".to_owned(), core.to_owned()));
    let overrides: Vec<String> =
        parts.iter().map(|(path, kind)| format!(r#"<Override PartName="{path}" ContentType="{kind}"/>"#)).collect();
    format!(
        r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>{}</Types>"#,
        overrides.concat()
    )
}

/// Relations of the presentation that follow those of its slides, in their order.
const PRESENTATION_PARTS: [(&str, &str); 6] = [
    ("slideMaster", "slideMasters/slideMaster1.xml"),
    ("notesMaster", "notesMasters/notesMaster1.xml"),
    ("theme", "theme/theme1.xml"),
    ("presProps", "presProps.xml"),
    ("viewProps", "viewProps.xml"),
    ("tableStyles", "tableStyles.xml"),
];

fn presentation(slides: usize) -> String {
    let list: Vec<String> = (1..=slides)
        .map(|number| format!(r#"<p:sldId id="{}" r:id="rId{number}"/>"#, SLIDE_ID_FIRST + number - 1))
        .collect();
    format!(
        r#"{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId{}"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId{}"/></p:notesMasterIdLst><p:sldIdLst>{}</p:sldIdLst><p:sldSz cx="{WIDTH:.0}" cy="{HEIGHT:.0}"/><p:notesSz cx="{HEIGHT:.0}" cy="{NOTES_HEIGHT}"/><p:defaultTextStyle><a:defPPr><a:defRPr lang="id-ID"/></a:defPPr></p:defaultTextStyle></p:presentation>"#,
        slides + 1,
        slides + 2,
        list.concat()
    )
}

fn presentation_relations(slides: usize) -> String {
    let mut all: Vec<(String, &str, String)> =
        (1..=slides).map(|number| (format!("rId{number}"), "slide", format!("slides/slide{number}.xml"))).collect();
    all.extend(
        (slides + 1..).zip(PRESENTATION_PARTS).map(|(id, (kind, path))| (format!("rId{id}"), kind, path.to_owned())),
    );
    let all: Vec<(&str, &str, &str)> = all.iter().map(|(id, kind, path)| (id.as_str(), *kind, path.as_str())).collect();
    relations(&all)
}

/// Relations of a slide.
pub(super) fn slide_relations(links: &SlideLinks) -> String {
    let notes = format!("../notesSlides/notesSlide{}.xml", links.number);
    let chart = links.chart.map(|number| format!("../charts/chart{number}.xml"));
    let mut all = vec![("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"), ("rId2", "notesSlide", &notes)];
    all.extend(chart.as_deref().map(|path| (CHART_RELATION, "chart", path)));
    all.extend(links.has_logo.then_some((LOGO_RELATION, "image", "../media/logo.png")));
    all.extend(links.has_code.then_some((CODE_RELATION, "image", "../media/kode.png")));
    relations(&all)
}

/// Relations of a slide's notes.
pub(super) fn notes_relations(number: usize) -> String {
    let slide = format!("../slides/slide{number}.xml");
    relations(&[("rId1", "notesMaster", "../notesMasters/notesMaster1.xml"), ("rId2", "slide", &slide)])
}

/// Relations of a chart.
pub(super) fn chart_relations(number: usize) -> String {
    let workbook = format!("../embeddings/Microsoft_Excel_Sheet{number}.xlsx");
    relations(&[("rId1", "package", &workbook)])
}

const COLOR_MAP: &str = r#"<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>"#;
const EMPTY_TREE: &str = r#"<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"#;

/// The place of a title, as master and layout hold it.
fn title_place() -> String {
    let text =
        r#"<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="id-ID"/><a:t>Judul</a:t></a:r></a:p></p:txBody>"#;
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="Judul 1"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="500000" y="320000"/><a:ext cx="11192000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>{text}</p:sp>"#
    )
}

fn slide_master() -> String {
    let style = |size: u32| {
        format!(
            r#"<a:lvl1pPr algn="l"><a:defRPr sz="{size}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>"#
        )
    };
    format!(
        r#"{DECLARATION}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>{EMPTY_TREE}{}</p:spTree></p:cSld>{COLOR_MAP}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>{}</p:titleStyle><p:bodyStyle>{}</p:bodyStyle><p:otherStyle>{}</p:otherStyle></p:txStyles></p:sldMaster>"#,
        title_place(),
        style(3_200),
        style(2_000),
        style(1_800)
    )
}

fn slide_layout() -> String {
    format!(
        r#"{DECLARATION}<p:sldLayout {NAMESPACES} type="titleOnly" preserve="1"><p:cSld name="Judul saja"><p:spTree>{EMPTY_TREE}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"#,
        title_place()
    )
}

fn notes_master() -> String {
    let place = |id: u32, kind: &str, at: &str| {
        format!(
            r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="Tempat {id}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{at}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>"#
        )
    };
    let image =
        place(2, r#"type="sldImg" idx="2""#, r#"<a:off x="685800" y="1143000"/><a:ext cx="5486400" cy="3086100"/>"#);
    let text =
        place(3, r#"type="body" idx="1""#, r#"<a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/>"#);
    let body =
        r#"<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="id-ID"/><a:t>Catatan</a:t></a:r></a:p></p:txBody>"#;
    format!(
        r#"{DECLARATION}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>{EMPTY_TREE}{image}</p:sp>{text}{body}</p:sp></p:spTree></p:cSld>{COLOR_MAP}</p:notesMaster>"#
    )
}

/// Colours and fonts of the office program's own menus: those of Simpul, in a font that its computers have.
fn theme() -> String {
    let color = |name: &str, color: &str| format!(r#"<a:{name}><a:srgbClr val="{}"/></a:{name}>"#, hex(color));
    let colors: String = [
        ("dk1", tokens::INK),
        ("lt1", tokens::PAPER),
        ("dk2", tokens::MUTED),
        ("lt2", tokens::SURFACE),
        ("accent1", tokens::GOOD),
        ("accent2", tokens::POOR),
        ("accent3", tokens::FAIR),
        ("accent4", tokens::PRIMARY),
        ("accent5", tokens::EARLY),
        ("accent6", tokens::NO_DATA),
        ("hlink", tokens::PRIMARY),
        ("folHlink", tokens::MUTED),
    ]
    .map(|(name, of)| color(name, of))
    .concat();
    let font = r#"<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>"#;
    let fill = r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#.repeat(3);
    let line = r#"<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>"#.repeat(3);
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        r#"{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Simpul"><a:themeElements><a:clrScheme name="Simpul">{colors}</a:clrScheme><a:fontScheme name="Simpul"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="Simpul"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"#
    )
}
