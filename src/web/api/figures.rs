//! Evaluation, calendar, PWS and lineage: plain results, in the shape of the command line where it has one.

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::approvals::{ApprovalStandingAnswer, standing_of};
use super::describe::{TableAnswer, table_csv, table_json};
use super::params::SubjectParams;
use super::{ApiResult, wants_csv};
use crate::analytics::{self, CalendarCell, PwsRow};
use crate::app::Snapshot;
use crate::app::evaluation_json::{EvaluationJson, SlotJson};
use crate::dashboard::Whose;
use crate::dashboard::origin::NumberOrigin;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{Facts, PeriodKind, PwsStatus, Ratio};
use crate::store::{TracedField, TracedPlace};
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::origin::{Lineage, lineage as take_apart};
use crate::web::site::Site;
use crate::web::view::links::Links;

const KINDS: [PeriodKind; 1] = [PeriodKind::FourMonth];

/// The evaluation as `simpul evaluate --format json` prints, with the period's `approval` where there is one; as CSV one
/// row a figure.
#[utoipa::path(
    get,
    path = "/api/v1/evaluation",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "The evaluation of the period", content(
        (ApprovedEvaluation = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn evaluation(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &KINDS)?;
        let subject = chosen.subject;
        let evaluation = chosen.snapshot.evaluate(subject.period, subject.as_of).map_err(PageError::from)?;
        let none = || PageError::not_found("Belum ada faskes terdaftar pada Puskesmas ini.");
        let result = Snapshot::result_of(&evaluation).ok_or_else(none)?;
        let json = EvaluationJson::new(chosen.snapshot.facts(), &evaluation, result);
        if wants_csv(&query)? {
            return evaluation_csv(&json);
        }
        let approval = standing_of(chosen.shown.record.as_deref());
        Ok::<_, ApiError>(Json(ApprovedEvaluation { evaluation: json, approval }).into_response())
    })
    .await
}

/// The contract's JSON, with the approval of its period where anybody took a step with it.
#[derive(Serialize, ToSchema)]
pub struct ApprovedEvaluation {
    #[serde(flatten)]
    evaluation: EvaluationJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval: Option<ApprovalStandingAnswer>,
}

fn evaluation_csv(json: &EvaluationJson) -> ApiResult {
    let heads = ["Faskes", "Jenis", "Indikator", "Pembilang", "Penyebut", "Nilai", "Target", "Kinerja", "Status"];
    let mut rows = Vec::new();
    let facilities = json.facilities.iter().map(|f| (f.name.as_str(), f.kind.as_str(), &f.block));
    for (name, kind, block) in facilities.chain([("Semua faskes", "", &json.total)]) {
        let head = |code: &str| vec![CsvField::text(name), CsvField::text(kind), CsvField::text(code)];
        let mut score = head("SKOR");
        score.extend([
            CsvField::Blank,
            CsvField::Blank,
            CsvField::number(block.score),
            CsvField::Blank,
            CsvField::Blank,
        ]);
        score.push(CsvField::text(block.status));
        rows.push(score);
        for (code, figure) in block.indicators.0.iter().chain(&block.service.0) {
            let mut row = head(code);
            row.extend([figure.numerator, figure.denominator, figure.value].map(CsvField::number));
            row.extend([CsvField::Number(figure.target), CsvField::number(figure.performance), CsvField::Blank]);
            rows.push(row);
        }
    }
    let name = format!("evaluasi-{}", json.period);
    Ok(csv_answer(&name, &heads.map(ToOwned::to_owned), &rows)?)
}

/// Visits planned and done, facility by month.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Year.
    pub year: i32,
    /// Day of the data.
    pub as_of: String,
    /// Facilities.
    pub facilities: Vec<CalendarRowAnswer>,
}

/// Months of one facility.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarRowAnswer {
    /// Name as the register writes it.
    pub facility: String,
    /// January to December.
    pub months: Vec<CalendarMonthAnswer>,
}

/// Month of a facility.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarMonthAnswer {
    /// Planned visits that are due in it.
    pub slots: Vec<SlotJson>,
    /// Visits made in it: days, or the month where no day is known.
    pub visits: Vec<String>,
    /// Number of these that serve no planned visit.
    pub unscheduled: u32,
    /// True where the month's recap was received.
    pub received: bool,
    /// True where the month has begun.
    pub begun: bool,
}

/// A count of a count.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatioAnswer {
    /// Numerator.
    pub numerator: f64,
    /// Denominator.
    pub denominator: f64,
    /// Percent; null where it cannot be computed.
    pub value: Option<f64>,
}

/// Pemantauan wilayah setempat of one service indicator.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PwsAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Code of the indicator.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Month that the analysis is of.
    pub month: String,
    /// Day of the data.
    pub as_of: String,
    /// Target due by this month, percent.
    pub target_due: f64,
    /// Targets due by January to December, percent.
    pub monthly_targets: Vec<f64>,
    /// Facilities from high to low, then all of them together.
    pub rows: Vec<PwsRowAnswer>,
}

/// Facility in a PWS.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PwsRowAnswer {
    /// Name of the facility, or the words for all of them.
    pub facility: String,
    /// Since January.
    pub cumulative: Option<RatioAnswer>,
    /// In this month.
    pub this_month: Option<RatioAnswer>,
    /// In the month before.
    pub last_month: Option<RatioAnswer>,
    /// Trend in a word.
    pub trend: Option<String>,
    /// True where the target due is reached.
    pub above_target: Option<bool>,
    /// Status in a word.
    pub status: Option<String>,
}

/// A figure taken apart.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineageAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Facility; null: all of them together.
    pub facility: Option<String>,
    /// Whose figure it is, in words.
    pub scope: String,
    /// Code of the figure.
    pub figure: String,
    /// Code of the period.
    pub period: String,
    /// Day of the data.
    pub as_of: String,
    /// The formula in words.
    pub formula: String,
    /// The figure; null where there is none.
    pub value: Option<f64>,
    /// Numerator, where it has counts.
    pub numerator: Option<f64>,
    /// Denominator, where it has counts.
    pub denominator: Option<f64>,
    /// Target, where it has one.
    pub target: Option<f64>,
    /// Performance against it.
    pub performance: Option<f64>,
    /// True where what is listed adds up to what is shown.
    pub adds_up: bool,
    /// Facts behind one facility's counts.
    pub facts: Vec<LineageFactAnswer>,
    /// Parts that are figures themselves.
    pub parts: Option<TableAnswer>,
}

/// Fact behind a figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineageFactAnswer {
    /// Day or month in words.
    pub when: String,
    /// Remark.
    pub note: String,
    /// Its part of the numerator.
    pub numerator: f64,
    /// Its part of the denominator.
    pub denominator: f64,
    /// Cells that it came from.
    pub cells: Vec<TracedCellAnswer>,
}

/// Cell of a workbook that gave a value.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracedCellAnswer {
    /// Code of the field.
    pub field: String,
    /// Value as it is written there.
    pub value: String,
    /// Name of the file.
    pub file: String,
    /// Name of the sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// Number of the import; null for an attached file.
    pub batch: Option<i64>,
    /// Number of the attached file.
    pub attached: Option<i64>,
    /// Moment (RFC 3339).
    pub at: String,
    /// Account.
    pub by: String,
}

/// Visits planned and done, facility by month of the period's year.
#[utoipa::path(
    get,
    path = "/api/v1/calendar",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Visits of the year", content(
        (CalendarAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn calendar(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &KINDS)?;
        let subject = chosen.subject;
        let as_of = subject.period.clamp_as_of(subject.as_of);
        let calendar =
            analytics::calendar(chosen.snapshot.evaluator(), subject.puskesmas, subject.period.year(), as_of);
        let facts = chosen.snapshot.facts();
        if wants_csv(&query)? {
            let rows = calendar.rows.iter().flat_map(|row| {
                let name = name_of(facts, row.facility);
                let slots = row.months.iter().flat_map(|cell| &cell.slots);
                slots.map(move |slot| slot_fields(&name, slot))
            });
            let heads = ["Faskes", "Jadwal", "Setelah perubahan", "Dilaksanakan", "Keadaan"].map(ToOwned::to_owned);
            return Ok(csv_answer(&format!("kalender-{}", calendar.year), &heads, &rows.collect::<Vec<_>>())?);
        }
        let rows = calendar.rows.iter().map(|row| {
            let months = row.months.iter().map(cell_json);
            CalendarRowAnswer { facility: name_of(facts, row.facility), months: months.collect() }
        });
        let body = CalendarAnswer {
            puskesmas: chosen.puskesmas.clone(),
            year: calendar.year,
            as_of: calendar.as_of.to_string(),
            facilities: rows.collect(),
        };
        Ok::<_, ApiError>(Json(body).into_response())
    })
    .await
}

fn name_of(facts: &Facts, index: u32) -> String {
    facts.facilities.get(index as usize).map(|facility| facility.name.clone()).unwrap_or_default()
}

fn slot_fields(name: &str, slot: &SlotOutcome) -> Vec<CsvField> {
    vec![
        CsvField::text(name),
        CsvField::text(slot.planned.to_string()),
        slot.effective.map_or(CsvField::text("Dibatalkan"), |month| CsvField::text(month.to_string())),
        slot.visit.map_or(CsvField::Blank, |date| CsvField::text(date.to_string())),
        CsvField::text(slot.state.label()),
    ]
}

fn cell_json(cell: &CalendarCell) -> CalendarMonthAnswer {
    CalendarMonthAnswer {
        slots: cell.slots.iter().map(SlotJson::new).collect(),
        visits: cell.visits.iter().map(ToString::to_string).collect(),
        unscheduled: cell.unscheduled,
        received: cell.received,
        begun: cell.begun,
    }
}

/// One service indicator up to the period's last month that has begun.
#[utoipa::path(
    get,
    path = "/api/v1/pws/{code}",
    params(
        ("code" = String, Path, description = "Code of the service indicator"),
        SubjectParams
    ),
    responses((status = 200, description = "One indicator up to a month", content(
        (PwsAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn pws(site: Site, Path(code): Path<String>, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[PeriodKind::Month])?;
        let subject = chosen.subject;
        let evaluator = chosen.snapshot.evaluator();
        let unknown = || {
            PageError::not_found(format!("Indikator layanan “{code}” tidak ada pada tahun {}.", subject.period.year()))
        };
        let services = evaluator.services(subject.puskesmas, subject.period.year());
        let (service, _) =
            services.iter().find(|(_, definition)| definition.code.eq_ignore_ascii_case(&code)).ok_or_else(unknown)?;
        let month = subject.period.last_begun_month(subject.as_of).ok_or_else(unknown)?;
        let as_of = subject.period.clamp_as_of(subject.as_of);
        let table = analytics::pws(evaluator, subject.puskesmas, *service, month, as_of).ok_or_else(unknown)?;
        let facts = chosen.snapshot.facts();
        let named = |row: &PwsRow| row.facility.map_or_else(|| "PUSKESMAS".to_owned(), |index| name_of(facts, index));
        let all = table.rows.iter().chain([&table.total]);
        if wants_csv(&query)? {
            let heads = ["Faskes", "Kumulatif %", "Bulan ini %", "Bulan lalu %", "Tren", "Status PWS"];
            let rows: Vec<Vec<CsvField>> = all.map(|row| pws_fields(named(row), row)).collect();
            return Ok(csv_answer(&format!("pws-{code}-{month}"), &heads.map(ToOwned::to_owned), &rows)?);
        }
        let rows: Vec<_> = all.map(|row| pws_json(&named(row), row)).collect();
        let body = PwsAnswer {
            puskesmas: chosen.puskesmas.clone(),
            code: table.definition.code.clone(),
            name: table.definition.name.clone(),
            month: month.to_string(),
            as_of: table.as_of.to_string(),
            target_due: table.target_due,
            monthly_targets: table.monthly_targets.to_vec(),
            rows,
        };
        Ok::<_, ApiError>(Json(body).into_response())
    })
    .await
}

fn percent(ratio: Option<Ratio>) -> Option<f64> {
    ratio.and_then(Ratio::percent)
}

fn pws_fields(name: String, row: &PwsRow) -> Vec<CsvField> {
    let words = |word: Option<&str>| word.map_or(CsvField::Blank, CsvField::text);
    vec![
        CsvField::Text(name),
        CsvField::number(percent(row.cumulative)),
        CsvField::number(percent(row.this_month)),
        CsvField::number(percent(row.last_month)),
        words(row.trend.map(analytics::Trend::label)),
        words(row.status.map(PwsStatus::label)),
    ]
}

fn pws_json(name: &str, row: &PwsRow) -> PwsRowAnswer {
    let ratio = |ratio: Option<Ratio>| {
        ratio.map(|ratio| RatioAnswer {
            numerator: ratio.numerator,
            denominator: ratio.denominator,
            value: ratio.percent(),
        })
    };
    PwsRowAnswer {
        facility: name.to_owned(),
        cumulative: ratio(row.cumulative),
        this_month: ratio(row.this_month),
        last_month: ratio(row.last_month),
        trend: row.trend.map(|trend| trend.label().to_owned()),
        above_target: row.above_target,
        status: row.status.map(|status| status.label().to_owned()),
    }
}

/// A figure taken apart, down to file, sheet and cell.
#[utoipa::path(
    get,
    path = "/api/v1/lineage",
    params(
        SubjectParams,
        ("angka" = Option<String>, Query, description = "Code of the figure, such as `CAK`; without it the score"),
        ("faskes" = Option<String>, Query, description = "Facility; without it all of them together")
    ),
    responses((status = 200, description = "Where a figure comes from", content(
        (LineageAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn lineage(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let lineage = take_apart(site, &query)?;
        let Lineage { chosen, address, origin, cells } = &lineage;
        if wants_csv(&query)? {
            return lineage_csv(origin, cells);
        }
        let links = Links::new(chosen);
        let facts = origin.facts.iter().zip(cells).map(|(fact, cells)| LineageFactAnswer {
            when: fact.when.clone(),
            note: fact.note.clone(),
            numerator: fact.numerator,
            denominator: fact.denominator,
            cells: cells.iter().map(traced_json).collect(),
        });
        let facility = match address.whose {
            Whose::Facility(index) => Some(name_of(chosen.snapshot.facts(), index)),
            Whose::Total(_) => None,
        };
        let body = LineageAnswer {
            puskesmas: chosen.puskesmas.clone(),
            facility,
            scope: origin.whose.clone(),
            figure: address.measure.code(),
            period: address.period.to_string(),
            as_of: address.as_of.to_string(),
            formula: origin.formula.clone(),
            value: origin.value.number(),
            numerator: origin.ratio.map(|ratio| ratio.numerator),
            denominator: origin.ratio.map(|ratio| ratio.denominator),
            target: origin.target,
            performance: origin.performance,
            adds_up: origin.adds_up(),
            facts: facts.collect(),
            parts: origin.parts.as_ref().map(|table| table_json(table, &links, chosen.snapshot.facts())),
        };
        Ok::<_, ApiError>(Json(body).into_response())
    })
    .await
}

fn lineage_csv(origin: &NumberOrigin, cells: &[Vec<TracedField>]) -> ApiResult {
    if let Some(table) = &origin.parts {
        let (heads, rows) = table_csv(table);
        return Ok(csv_answer("asal-angka", &heads, &rows)?);
    }
    let heads = ["Fakta", "Pembilang", "Penyebut", "Keterangan", "Kolom", "Nilai", "Berkas", "Lembar", "Sel"];
    let mut rows = Vec::new();
    for (fact, cells) in origin.facts.iter().zip(cells) {
        let head = vec![
            CsvField::text(fact.when.clone()),
            CsvField::Number(fact.numerator),
            CsvField::Number(fact.denominator),
            CsvField::text(fact.note.clone()),
        ];
        rows.push(head);
        rows.extend(cells.iter().map(|cell| {
            let mut row = vec![CsvField::text(fact.when.clone()), CsvField::Blank, CsvField::Blank, CsvField::Blank];
            let (sheet, place) = cell.place.sheet_and_cell();
            let words = [cell.field.label(), &cell.value, &cell.file_name, sheet, place];
            row.extend(words.map(CsvField::text));
            row
        }));
    }
    Ok(csv_answer("asal-angka", &heads.map(ToOwned::to_owned), &rows)?)
}

fn traced_json(cell: &TracedField) -> TracedCellAnswer {
    let (sheet, place) = cell.place.sheet_and_cell();
    let (batch, attached) = match &cell.place {
        TracedPlace::Cell { batch, .. } => (Some(*batch), None),
        TracedPlace::Attached(id) => (None, Some(*id)),
    };
    TracedCellAnswer {
        field: cell.field.code().to_owned(),
        value: cell.value.clone(),
        file: cell.file_name.clone(),
        sheet: sheet.to_owned(),
        cell: place.to_owned(),
        batch,
        attached,
        at: cell.at.to_rfc3339(),
        by: cell.who.clone(),
    }
}
