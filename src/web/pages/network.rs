//! *Jejaring*: the management of the network in a year — evidence by phase, agreements, the five steps, the structures and
//! the seven aspects of integration.

use askama::Template;

use super::dashboards::empty;
use super::{PageQuery, html, paper};
use crate::charts::Medium;
use crate::dashboard::accreditation::Standing;
use crate::dashboard::network::{
    AgreementTable, IntegrationTable, NetworkManagement, PhaseEvidence, PhaseItem, PhaseTarget, Share, StageCell,
    StageTable, StructureRow, aspect_words, total_words,
};
use crate::domain::network::{AgreementState, AspectValue, IntegrationAspect, NetworkStage};
use crate::domain::{FileFormat, Period, PeriodKind, ReportKind, Table, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::chart::ChartView;
use crate::web::view::frame::{NETWORK_PATH as PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::panel::{BodyView, PanelView, PanelsView};
use crate::web::view::picker::Picker;
use crate::web::view::symbol::Symbol;

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage {
    frame: PageFrame,
    picker: Picker,
    year: i32,
    summary: String,
    /// Formats of the paper with their addresses.
    papers: Vec<(String, String)>,
    template: String,
    phases: Vec<PhaseView>,
    agreements_said: String,
    agreements: Vec<AgreementView>,
    stages: Vec<&'static str>,
    steps: Vec<StepsView>,
    /// Facilities with each step: `3 dari 9`.
    steps_done: Vec<String>,
    structures: Vec<StructureView>,
    integration_said: String,
    chart: Option<PanelsView>,
    aspects: Vec<IntegrationAspectView>,
    assessed: Vec<AssessedView>,
    aspect_names: Vec<&'static str>,
    /// Where each table is written.
    write_agreements: String,
    write_steps: String,
    write_integration: String,
    may_write: bool,
}

struct PhaseView {
    code: &'static str,
    title: &'static str,
    there: String,
    items: Vec<PhaseItemView>,
}

struct PhaseItemView {
    asked: String,
    symbol: Symbol,
    state: &'static str,
    said: String,
    href: String,
}

struct AgreementView {
    name: String,
    href: String,
    kind: String,
    symbol: Symbol,
    state: &'static str,
    words: String,
    number: String,
    steps: Vec<String>,
    is_facilitated: bool,
    source: &'static str,
}

struct StepsView {
    name: String,
    href: String,
    kind: String,
    cells: Vec<StepView>,
}

struct StepView {
    symbol: Symbol,
    state: &'static str,
    when: String,
    source: String,
}

struct StructureView {
    name: &'static str,
    facilities: usize,
    shares: Vec<String>,
}

struct IntegrationAspectView {
    name: &'static str,
    shown: String,
    is_missing: bool,
    before: String,
    detail: String,
}

struct AssessedView {
    name: String,
    href: String,
    /// Words of each aspect, and whether a percentage is missing.
    values: Vec<(String, bool)>,
}

/// `GET /jejaring`: the management of a year.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, &query)).await
}

fn render(site: &Site, query: &Query) -> PageResult {
    let Some(chosen) = ResolvedRequest::read_latest(site, query, &[PeriodKind::Year])? else {
        return empty(site, PATH);
    };
    let context = chosen.context(site)?;
    let found = NetworkManagement::new(&context);
    let links = Links::new(&chosen);
    let year = Period::whole_year(chosen.subject.period.year());
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Pengelolaan jejaring", "/faskes").about(
        &chosen,
        PATH,
        context.source(),
    );
    frame.offer_no_room();
    frame.crumbs = vec![
        ("Ringkasan".to_owned(), links.page("/")),
        ("Faskes".to_owned(), links.page("/faskes")),
        ("Jejaring".to_owned(), String::new()),
    ];
    let at = |format: FileFormat| {
        let path = format!("{}/{}.{}", paper::LIST, ReportKind::Network.code(), format.ending());
        (format.ending().to_uppercase(), links.page_with(&path, "periode", &year.to_string()))
    };
    let may = |table| site.app().may_write(table, &chosen.puskesmas);
    html(&NetworkPage {
        picker: Picker::new(&chosen, PATH, &[PeriodKind::Year]),
        year: year.year(),
        summary: sentence(&found.agreements.summary()),
        papers: FileFormat::ALL.map(at).to_vec(),
        template: links.page_with("/templat/jejaring", "tahun", &year.year().to_string()),
        phases: found.phases.iter().map(|evidence| phase(evidence, &links)).collect(),
        agreements_said: exempt_words(&found.agreements),
        agreements: agreements(&found.agreements, &links),
        stages: NetworkStage::ALL.map(NetworkStage::label).to_vec(),
        steps: steps(&found.stages, &links),
        steps_done: NetworkStage::ALL.map(|stage| found.stages.done(stage).cell_words()).to_vec(),
        structures: found.structures.iter().map(structure).collect(),
        integration_said: sentence(&found.integration.summary()),
        chart: radar(&found.integration)?,
        aspects: aspects(&found.integration),
        assessed: assessed(&found.integration, &links),
        aspect_names: IntegrationAspect::ALL.map(IntegrationAspect::label).to_vec(),
        write_agreements: links.page(&Links::entries(Table::AgreementSteps)),
        write_steps: links.page(&Links::entries(Table::NetworkSteps)),
        write_integration: links.page(&Links::entries(Table::IntegrationScores)),
        may_write: may(Table::AgreementSteps),
        frame,
    })
}

fn exempt_words(found: &AgreementTable) -> String {
    match found.exempt {
        0 => String::new(),
        count => format!("{count} jaringan tidak ditampilkan: bagian Puskesmas sendiri, tidak memerlukan PKS."),
    }
}

fn phase(evidence: &PhaseEvidence, links: &Links) -> PhaseView {
    PhaseView {
        code: evidence.phase.code(),
        title: evidence.phase.title(),
        there: evidence.there().words(),
        items: evidence.items.iter().map(|item| phase_item(item, links)).collect(),
    }
}

fn phase_item(item: &PhaseItem, links: &Links) -> PhaseItemView {
    PhaseItemView {
        asked: item.asked.clone(),
        symbol: match item.standing {
            Standing::There => Symbol::Good,
            Standing::Partly => Symbol::Fair,
            Standing::Missing => Symbol::Poor,
            Standing::NothingDue | Standing::NotKept => Symbol::Neutral,
        },
        state: item.standing.label(),
        said: sentence(&item.said),
        href: match item.target {
            PhaseTarget::Element(element) => format!("{}#{}", links.page("/bukti"), element.code()),
            PhaseTarget::Register => links.page("/faskes"),
            PhaseTarget::Agreements => "#pks".to_owned(),
            PhaseTarget::Stages => "#langkah".to_owned(),
            PhaseTarget::Integration => "#integrasi".to_owned(),
        },
    }
}

fn agreements(found: &AgreementTable, links: &Links) -> Vec<AgreementView> {
    let rows = found.rows.iter().map(|row| AgreementView {
        name: row.name.clone(),
        href: links.facility(&row.name),
        kind: row.kind.clone(),
        symbol: match row.standing.state {
            AgreementState::InForce => Symbol::Good,
            AgreementState::EndsSoon | AgreementState::Asked | AgreementState::Drafted => Symbol::Fair,
            AgreementState::Expired | AgreementState::Ended => Symbol::Poor,
            AgreementState::Unknown => Symbol::Few,
        },
        state: row.standing.state.label(),
        words: match row.standing.state {
            AgreementState::Unknown | AgreementState::Asked | AgreementState::Drafted => {
                row.standing.since.map(format::date).unwrap_or_default()
            }
            _ => row.standing.words(),
        },
        number: row.standing.number.clone().unwrap_or_default(),
        steps: row.steps.clone(),
        is_facilitated: row.standing.is_facilitated,
        source: row.standing.source.label(),
    });
    rows.collect()
}

fn steps(found: &StageTable, links: &Links) -> Vec<StepsView> {
    let cell = |cell: &StageCell| match cell {
        StageCell::Done(proof) => {
            StepView { symbol: Symbol::Good, state: "Tercatat", when: proof.when.clone(), source: proof.source.clone() }
        }
        StageCell::NotRecorded => {
            StepView { symbol: Symbol::Few, state: "Belum tercatat", when: String::new(), source: String::new() }
        }
        StageCell::NotApplicable => StepView {
            symbol: Symbol::Neutral,
            state: "Tidak berlaku",
            when: String::new(),
            source: "bagian Puskesmas".to_owned(),
        },
    };
    let rows = found.rows.iter().map(|row| StepsView {
        name: row.name.clone(),
        href: links.facility(&row.name),
        kind: row.kind.clone(),
        cells: row.cells.iter().map(cell).collect(),
    });
    rows.collect()
}

fn structure(row: &StructureRow) -> StructureView {
    let shares = std::iter::once(row.agreements).chain(row.stages);
    StructureView { name: row.name, facilities: row.facilities, shares: shares.map(Share::cell_words).collect() }
}

fn aspects(found: &IntegrationTable) -> Vec<IntegrationAspectView> {
    let pairs = IntegrationAspect::ALL.into_iter().zip(found.totals).zip(found.before);
    pairs
        .map(|((aspect, total), before)| IntegrationAspectView {
            name: aspect.label(),
            shown: total_words(total),
            is_missing: total.percent().is_none(),
            before: total_words(before),
            detail: found.detail(total),
        })
        .collect()
}

fn assessed(found: &IntegrationTable, links: &Links) -> Vec<AssessedView> {
    let value = |value: &AspectValue| (aspect_words(*value), value.percent().is_none());
    let rows = found.rows.iter().map(|row| AssessedView {
        name: row.name.clone(),
        href: links.facility(&row.name),
        values: row.values.iter().map(value).collect(),
    });
    rows.collect()
}

fn radar(found: &IntegrationTable) -> Result<Option<PanelsView>, PageError> {
    let Some(chart) = &found.chart else { return Ok(None) };
    let panel = PanelView {
        id: "sarang-integrasi".to_owned(),
        title: "Sarang laba-laba integrasi".to_owned(),
        note: String::new(),
        fold: None,
        downloads: Vec::new(),
        body: BodyView::Chart(ChartView::drawn(chart, chart, Medium::Screen)?),
    };
    Ok(Some(PanelsView::complete(vec![vec![panel]])))
}
