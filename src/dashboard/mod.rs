//! A definition and results → a page of plain data: panels of numbers, tables with typed cells, charts.
//! No HTML and no HTTP; one file for each kind of panel. Every figure carries the address of its *Asal angka*.

pub mod accreditation;
mod accreditation_district;
mod accreditation_plans;
mod accreditation_rules;
mod attention;
mod checklist_findings;
mod comparison;
mod completeness;
mod context;
pub mod district;
mod evaluation_table;
mod evidence_standing;
pub mod figure;
mod follow_ups;
mod heatmap;
mod indicators;
mod lead;
mod lokmin;
mod map;
mod mark;
mod measured;
pub mod meeting;
pub mod network;
pub mod origin;
pub mod own_indicators;
pub mod page;
mod pareto;
pub mod pkp;
pub mod pkp_verification;
mod pws;
mod radar;
pub mod register;
mod reports;
mod schedule_changes;
mod score_bars;
mod slot_bars;
mod slots;
mod small_multiples;
mod status_groups;
mod status_rows;
mod status_table;
pub mod table;
mod totals;
mod trend;
mod visit_priority;

use crate::definitions::{Dashboard, DashboardScope, DistrictPanel, Panel, PanelKind};

pub use context::{BorderFile, DashboardError, Material, PageChoice, PageContext, SourceFiles, Subject};
pub use figure::{FigureAddress, Measure, Whose};
pub use page::{PageModel, PanelBody, PanelData};
pub use table::DataTable;

/// Computes a page but for the bodies of the panels that are left out: those stay [`PanelBody::Closed`].
pub fn page(
    definition: &Dashboard,
    context: &PageContext<'_>,
    is_left_out: impl Fn(&Panel) -> bool,
) -> Result<PageModel, DashboardError> {
    let panel = |panel: &Panel| {
        if is_left_out(panel) {
            return Ok(headed(panel, |text| context.fill(text), PanelBody::Closed));
        }
        panel_data(panel, definition.scope, context)
    };
    let panels = definition.panels.iter().map(panel).collect::<Result<_, DashboardError>>()?;
    Ok(PageModel { title: context.fill(&definition.title), question: context.fill(&definition.question), panels })
}

/// Computes one panel of a page.
pub fn panel_data(
    panel: &Panel,
    scope: DashboardScope,
    context: &PageContext<'_>,
) -> Result<PanelData, DashboardError> {
    let body = match &panel.kind {
        PanelKind::Lead => PanelBody::Lead(lead::lead(context)),
        PanelKind::Attention { limit } => PanelBody::Attention(attention::attention(context, *limit as usize)),
        PanelKind::StatusTable(options) => PanelBody::Filtered(status_table::status_table(context, options, &panel.id)),
        PanelKind::Totals { by } => PanelBody::Tables(totals::totals(context, by, &panel.id)),
        PanelKind::Completeness => completeness::completeness(context, &panel.id),
        PanelKind::ScoreBars => score_bars::score_bars(context),
        PanelKind::VisitHeatmap => heatmap::heatmap(context),
        PanelKind::Trend(options) => trend::trend(context, options)?,
        PanelKind::Comparison(options) => comparison::comparison(context, options)?,
        PanelKind::Pareto { of } => pareto::pareto(context, *of),
        PanelKind::Map => map::map(context),
        PanelKind::SlotBars { by } => slot_bars::slot_bars(context, *by),
        PanelKind::SmallMultiples { of } => small_multiples::small_multiples(context, of, &panel.id),
        PanelKind::Pws { of } => pws::pws_panel(context, of, &panel.id),
        PanelKind::Radar { indicators } => radar::radar(context, indicators),
        PanelKind::Slots => PanelBody::Tables(vec![of_subject(context, slots::slots(context, &panel.id))]),
        PanelKind::FollowUps => {
            PanelBody::Tables(vec![of_subject(context, follow_ups::follow_ups(context, &panel.id))])
        }
        PanelKind::ChecklistFindings => match checklist_findings::checklist_findings(context, &panel.id) {
            PanelBody::Tables(tables) => {
                PanelBody::Tables(tables.into_iter().map(|table| of_subject(context, table)).collect())
            }
            body => body,
        },
        PanelKind::VisitPriority(options) => visit_priority::visit_priority(context, *options, &panel.id),
        PanelKind::Reports => PanelBody::Tables(vec![of_subject(context, reports::reports(context, &panel.id))]),
        PanelKind::Lokmin => PanelBody::Tables(vec![lokmin::lokmin(context, &panel.id)]),
        PanelKind::Indicators { indicators } => {
            PanelBody::Tables(indicators::indicators(context, indicators, scope, &panel.id)?)
        }
        PanelKind::EvaluationTable { indicators } => {
            PanelBody::Tables(vec![evaluation_table::evaluation_table(context, indicators, &panel.id)])
        }
        PanelKind::ScheduleChanges => PanelBody::Tables(vec![schedule_changes::schedule_changes(context, &panel.id)]),
        PanelKind::Slide(_) => PanelBody::Empty("Salindia tampil di rapat lokmin.".to_owned()),
        PanelKind::District(_) => PanelBody::Empty("Panel ini tampil di halaman kabupaten.".to_owned()),
    };
    Ok(headed(panel, |text| context.fill(text), body))
}

/// The panel with its heading; `fill` puts into its words what the page is about.
fn headed(panel: &Panel, fill: impl Fn(&str) -> String, body: PanelBody) -> PanelData {
    let title = panel.title.as_deref().unwrap_or_else(|| head_of(&panel.kind));
    PanelData {
        id: panel.id.clone(),
        title: fill(title),
        note: panel.note.as_deref().map(fill).unwrap_or_default(),
        width: panel.width,
        is_folded: panel.is_folded,
        has_chart: match body {
            PanelBody::Closed => panel.kind.is_chart(),
            PanelBody::Chart(_) | PanelBody::Pws(_) => true,
            _ => false,
        },
        body,
    }
}

/// A table as the page's subject needs it: about one facility it need not name it in every row.
fn of_subject(context: &PageContext<'_>, table: DataTable) -> DataTable {
    if context.subject.facility.is_some() { table.without_first_column() } else { table }
}

/// The same of a panel over several Puskesmas.
fn district_head(kind: &DistrictPanel) -> &'static str {
    match kind {
        DistrictPanel::Clusters { .. } => "Cluster",
        DistrictPanel::PuskesmasTable { .. } => "Puskesmas menurut indikator",
        DistrictPanel::Recaps => "Rekap yang belum masuk dan yang terlambat",
        DistrictPanel::NeedsHelp { .. } => "Siapa perlu bantuan dan mengapa",
        DistrictPanel::PeerMedian { .. } => "Terhadap median sesama",
        DistrictPanel::Ranking => "Peringkat",
        DistrictPanel::Trend { .. } => "Perkembangan",
        DistrictPanel::Map => "Peta Puskesmas",
    }
}

/// The head of a panel whose definition names none.
fn head_of(kind: &PanelKind) -> &'static str {
    match kind {
        PanelKind::Lead => "Skor pembinaan",
        PanelKind::Attention { .. } => "Yang perlu diperhatikan",
        PanelKind::StatusTable(_) => "Status setiap faskes",
        PanelKind::Totals { .. } => "Gabungan",
        PanelKind::Completeness => "Kelengkapan data",
        PanelKind::ScoreBars => "Skor per faskes terhadap target",
        PanelKind::VisitHeatmap => "Rencana dan pelaksanaan pembinaan",
        PanelKind::Trend(_) => "Perkembangan",
        PanelKind::Comparison(_) => "Perbandingan dua periode",
        PanelKind::Pareto { .. } => "Yang paling banyak",
        PanelKind::Map => "Peta faskes",
        PanelKind::SlotBars { .. } => "Keadaan jadwal",
        PanelKind::SmallMultiples { .. } => "Capaian dari bulan ke bulan",
        PanelKind::Pws { .. } => "Pemantauan wilayah setempat (PWS)",
        PanelKind::Radar { .. } => "Indikator terhadap target",
        PanelKind::Slots => "Jadwal dan kunjungan",
        PanelKind::FollowUps => "Rencana tindak lanjut",
        PanelKind::ChecklistFindings => "Daftar tilik dan temuannya",
        PanelKind::VisitPriority(_) => "Siapa dikunjungi berikutnya",
        PanelKind::Reports => "Laporan bulanan",
        PanelKind::Lokmin => "Kehadiran lokmin",
        PanelKind::Indicators { .. } => "Indikator",
        PanelKind::EvaluationTable { .. } => "Pelaksanaan terhadap jadwal",
        PanelKind::ScheduleChanges => "Perubahan jadwal",
        PanelKind::Slide(_) => "Rapat lokmin",
        PanelKind::District(kind) => district_head(kind),
    }
}
