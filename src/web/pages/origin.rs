//! *Asal angka*: any number, back to numerator, denominator and the cells and attached files that made it.

use askama::Template;

use super::evidence::file_path;
use super::{PageQuery, around, html};
use crate::analytics::Selection;
use crate::analytics::explain::Contribution;
use crate::dashboard::origin::{NumberOrigin, facts_behind, fields_of, origin};
use crate::dashboard::{FigureAddress, Measure, Whose};
use crate::domain::{FactRef, PeriodKind, format};
use crate::store::{TracedField, TracedPlace};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::table::{TableMaker, TableView, value_words};
use crate::web::view::time::moment;

/// Facts whose cells are looked up at most on one page.
const TRACED_FACTS_MAX: usize = 400;

#[derive(Template)]
#[template(path = "origin.html")]
struct OriginPage {
    frame: PageFrame,
    value: String,
    is_percent: bool,
    numerator: String,
    denominator: String,
    formula: String,
    target: String,
    performance: String,
    parts: Option<TableView>,
    facts: Vec<FactView>,
    sum: String,
    adds_up: bool,
    json: String,
}

struct FactView {
    when: String,
    note: String,
    numerator: String,
    denominator: String,
    cells: Vec<CellLine>,
}

struct CellLine {
    field: &'static str,
    value: String,
    place: String,
    href: String,
    /// The way it came in: by a file, a form, or attached.
    brought: &'static str,
    /// True for an attached file: then who and when stand beside it.
    is_file: bool,
    who: String,
}

/// A figure taken apart, each fact with the cells that hold it.
pub struct Lineage {
    /// The request: Puskesmas, period, facility.
    pub chosen: ResolvedRequest,
    /// The figure that is taken apart.
    pub address: FigureAddress,
    /// Its parts.
    pub origin: NumberOrigin,
    /// One for each of [`NumberOrigin::facts`], up to a limit.
    pub cells: Vec<Vec<TracedField>>,
}

/// `/asal-angka?angka=CAK&faskes=…&periode=…&per=…`.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, &query)).await
}

/// Takes the asked figure apart and looks its cells up.
pub fn lineage(site: &Site, query: &Query) -> Result<Lineage, PageError> {
    let code = query.get("angka").unwrap_or("SKOR");
    let measure = Measure::from_code(code).ok_or_else(|| {
        PageError::bad_request(format!("Angka “{code}” tidak dikenal. Contoh: SKOR, CAK, RTL, layanan:K6."))
    })?;
    let mut chosen = ResolvedRequest::need(site, query, &[PeriodKind::FourMonth])?;
    let whose = match query.get("faskes") {
        Some(name) => Whose::Facility(chosen.facility(name)?),
        None => Whose::Total(Selection { puskesmas: Some(0), ..chosen.choice.selection.clone() }),
    };
    if let Whose::Facility(index) = whose {
        chosen.subject.facility = Some(index);
    }
    let context = chosen.context(site)?;
    let address = context.address(whose, measure);
    let origin = origin(&context, &address).ok_or_else(|| {
        PageError::not_found(
            "Angka ini tidak ada pada periode itu: faskes belum terdaftar atau indikator belum dilaporkan.",
        )
    })?;
    let behind = origin.facts.iter().map(|fact| facts_behind(&context, fact)).collect();
    drop(context);
    let cells = trace(&chosen, behind, &address.measure)?;
    Ok(Lineage { chosen, address, origin, cells })
}

/// The cells of each fact, of the fields that the measure looks at.
fn trace(
    chosen: &ResolvedRequest,
    behind: Vec<Vec<FactRef>>,
    measure: &Measure,
) -> Result<Vec<Vec<TracedField>>, PageError> {
    let facilities = &chosen.snapshot.facts().facilities;
    let fields = fields_of(measure);
    let mut traces = Vec::new();
    for facts in behind.into_iter().take(TRACED_FACTS_MAX) {
        let mut cells = Vec::new();
        for fact in facts {
            let name = facilities.get(fact.facility as usize).map_or("", |facility| facility.name.as_str());
            cells.extend(chosen.shown.trace(name, &fact.key)?);
        }
        cells.retain(|cell| fields.contains(&cell.field));
        traces.push(cells);
    }
    Ok(traces)
}

fn render(site: &Site, query: &Query) -> PageResult {
    let Lineage { chosen, address, origin, cells } = lineage(site, query)?;
    let links = Links::new(&chosen);
    let maker = TableMaker { links: &links, facts: chosen.snapshot.facts() };
    let path = "/asal-angka";
    let heading = title(&origin);
    let source = format!("Asal angka · data per {}", format::date(address.as_of));
    let mut frame = PageFrame::new(site.app(), Some(&chosen), &heading, path).about(&chosen, path, source);
    frame.offer_no_room();
    frame.crumbs = crumbs(&address, &origin, &links);
    let count = |ratio: Option<crate::domain::Ratio>, pick: fn(crate::domain::Ratio) -> f64| {
        ratio.filter(|ratio| ratio.denominator > 0.0).map(|ratio| format::count(pick(ratio))).unwrap_or_default()
    };
    html(&OriginPage {
        frame,
        value: value_words(origin.value).0,
        is_percent: address.measure != Measure::Score && origin.value.number().is_some(),
        numerator: count(origin.ratio, |ratio| ratio.numerator),
        denominator: count(origin.ratio, |ratio| ratio.denominator),
        formula: origin.formula.clone(),
        target: origin.target.map(format::percent).unwrap_or_default(),
        performance: origin.performance.map(format::percent).unwrap_or_default(),
        parts: origin.parts.as_ref().map(|table| maker.plain(table)),
        facts: origin.facts.iter().zip(&cells).map(|(fact, cells)| fact_view(fact, cells, &links)).collect(),
        sum: origin
            .sum
            .map(|sum| format!("{} / {}", format::count(sum.numerator), format::count(sum.denominator)))
            .unwrap_or_default(),
        adds_up: origin.adds_up(),
        json: query.at("/api/v1/lineage"),
    })
}

/// `Asal angka: skor pembinaan seluruh faskes`.
fn title(origin: &NumberOrigin) -> String {
    let whose = if origin.whose == "Semua faskes" { "seluruh faskes" } else { origin.whose.as_str() };
    format!("Asal angka: {} {whose}", lower_first(&origin.name))
}

/// `Penyelesaian RTL` → `penyelesaian RTL`, `IMT` stays.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("{}{}", first.to_lowercase(), characters.as_str())
        }
        _ => text.to_owned(),
    }
}

fn crumbs(address: &FigureAddress, origin: &NumberOrigin, links: &Links) -> Vec<(String, String)> {
    let mut crumbs = vec![("Ringkasan".to_owned(), links.page("/"))];
    if matches!(address.whose, Whose::Facility(_)) {
        crumbs.push((origin.whose.clone(), links.facility(&origin.whose)));
    }
    crumbs.push((format!("Asal angka: {}", lower_first(&origin.name)), String::new()));
    crumbs
}

fn fact_view(fact: &Contribution, cells: &[TracedField], links: &Links) -> FactView {
    let shown = cells.iter().map(|traced| CellLine {
        field: traced.field.label(),
        value: traced.value.clone(),
        place: match traced.place.sheet_and_cell() {
            _ if traced.by_form => {
                format!("diketik oleh {} pada {}", traced.who, moment(traced.at, &chrono::Local))
            }
            ("", _) => format!("berkas terlampir {}", traced.file_name),
            (sheet, "") => format!("{} › {sheet}", traced.file_name),
            (sheet, cell_name) => format!("{} › {sheet}!{cell_name}", traced.file_name),
        },
        href: match &traced.place {
            TracedPlace::Cell { batch, sheet, cell } if !cell.is_empty() && !traced.by_form => {
                around::path(*batch, sheet, cell)
            }
            TracedPlace::Cell { batch, .. } => format!("/impor/{batch}"),
            TracedPlace::Attached(id) => links.page(&file_path(*id)),
        },
        brought: match &traced.place {
            TracedPlace::Cell { .. } if traced.by_form => "Diketik oleh",
            TracedPlace::Cell { .. } => "Diimpor",
            TracedPlace::Attached(_) => "Dilampirkan",
        },
        is_file: matches!(traced.place, TracedPlace::Attached(_)),
        who: format!("{}, {}", traced.who, moment(traced.at, &chrono::Local)),
    });
    FactView {
        when: fact.when.clone(),
        note: fact.note.clone(),
        numerator: format::count(fact.numerator),
        denominator: format::count(fact.denominator),
        cells: shown.collect(),
    }
}
