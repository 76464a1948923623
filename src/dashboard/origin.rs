//! *Asal angka*: a figure taken apart. Formula in words, the parts it is summed or weighted from, and for one
//! facility's counts the facts themselves; their cells are the store's to tell.

use crate::analytics::explain::{self, Contribution};
use crate::analytics::results::{FacilityResult, ResultBlock};
use crate::domain::facts::FactKey;
use crate::domain::records::Field;
use crate::domain::{Aggregation, CoachingIndicator, Direction, FactRef, Ratio, Value, format};

use super::context::PageContext;
use super::figure::{FigureAddress, Measure, Whose, selection_label};
use super::table::{DataCell, DataColumn, DataRow, DataTable, TableFigure};

/// A figure taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberOrigin {
    /// Name of the measure.
    pub name: String,
    /// Whose figure it is, in words.
    pub whose: String,
    /// The formula in words.
    pub formula: String,
    /// The figure in percent (a score from 0 to 100).
    pub value: Value,
    /// Numerator and denominator, where it has counts.
    pub ratio: Option<Ratio>,
    /// Target, where it has one.
    pub target: Option<f64>,
    /// Performance against it.
    pub performance: Option<f64>,
    /// Parts that are figures themselves.
    pub parts: Option<DataTable>,
    /// Facts behind one facility's counts.
    pub facts: Vec<Contribution>,
    /// Sum over the facts or facilities listed, to be compared with `ratio`.
    pub sum: Option<Ratio>,
}

impl NumberOrigin {
    /// Reports whether what is listed adds up to what is shown; without counts there is nothing to compare.
    pub fn adds_up(&self) -> bool {
        match (self.ratio, self.sum) {
            (Some(shown), Some(sum)) => {
                (shown.numerator - sum.numerator).abs() < 1e-6 && (shown.denominator - sum.denominator).abs() < 1e-6
            }
            _ => true,
        }
    }
}

/// Takes a figure apart; `None` where the facility is not listed in the year or the service was not reported.
pub fn origin(context: &PageContext<'_>, address: &FigureAddress) -> Option<NumberOrigin> {
    match &address.whose {
        Whose::Facility(index) => {
            let result = context.facility_result(*index)?;
            of_facility(context, result, &address.measure)
        }
        Whose::Total(selection) => {
            let members: Vec<&FacilityResult> = context
                .result()
                .facilities
                .iter()
                .filter(|result| selection.contains(context.facility(result.facility)))
                .collect();
            let indexes: Vec<u32> = members.iter().map(|result| result.facility).collect();
            let block = context.evaluator.pool(&context.evaluation, &indexes);
            of_total(context, &members, &block, &address.whose, &address.measure)
        }
    }
}

/// Name, formula and figure of a measure, with neither parts nor facts.
fn bare(context: &PageContext<'_>, block: &ResultBlock, whose: &Whose, measure: &Measure) -> Option<NumberOrigin> {
    let whose = match whose {
        Whose::Facility(index) => context.facility(*index).name.clone(),
        Whose::Total(selection) => selection_label(selection),
    };
    let empty = NumberOrigin {
        name: String::new(),
        whose,
        formula: String::new(),
        value: Value::NotApplicable,
        ratio: None,
        target: None,
        performance: None,
        parts: None,
        facts: Vec::new(),
        sum: None,
    };
    Some(match measure {
        Measure::Score => NumberOrigin {
            name: "Skor pembinaan".to_owned(),
            formula: "Jumlah (kinerja × bobot) ÷ jumlah bobot, atas indikator yang berlaku. Kinerja adalah capaian ÷ target × 100, paling tinggi 100.".to_owned(),
            value: block.score.map_or(Value::NotApplicable, Value::Number),
            target: Some(context.decree.thresholds.good_from),
            ..empty
        },
        Measure::Coaching(indicator) => {
            let result = block.indicator(*indicator);
            NumberOrigin {
                name: indicator.name().to_owned(),
                formula: coaching_formula(*indicator, context.decree.report_due_day),
                value: result.value,
                ratio: result.ratio,
                target: Some(result.target),
                performance: result.performance,
                ..empty
            }
        }
        Measure::Service(code) => {
            let result = block.service.iter().find(|result| result.code.eq_ignore_ascii_case(code))?;
            let services = context.evaluator.services(context.subject.puskesmas, context.subject.period.year());
            let definition = services.iter().find(|(index, _)| *index == result.service).map(|(_, d)| *d)?;
            NumberOrigin {
                name: definition.name.clone(),
                formula: service_formula(result.aggregation, result.direction),
                value: result.value,
                ratio: Some(result.ratio),
                target: Some(result.target),
                performance: result.performance,
                ..empty
            }
        }
    })
}

fn of_facility(context: &PageContext<'_>, result: &FacilityResult, measure: &Measure) -> Option<NumberOrigin> {
    let whose = Whose::Facility(result.facility);
    let mut origin = bare(context, &result.block, &whose, measure)?;
    let figure = match measure {
        Measure::Score | Measure::Coaching(CoachingIndicator::Ind) => {
            origin.parts = Some(weighted(context, &result.block, &whose, measure));
            return Some(origin);
        }
        Measure::Coaching(indicator) => explain::ExplainedFigure::Coaching(*indicator),
        Measure::Service(code) => {
            let service = result.block.service.iter().find(|other| other.code.eq_ignore_ascii_case(code))?;
            explain::ExplainedFigure::Service(service.service)
        }
    };
    let subject = context.subject;
    let explanation = explain::explain(context.evaluator, subject.period, subject.as_of, result.facility, figure);
    origin.sum = Some(explanation.ratio);
    origin.facts = explanation.items;
    Some(origin)
}

fn of_total(
    context: &PageContext<'_>,
    members: &[&FacilityResult],
    block: &ResultBlock,
    whose: &Whose,
    measure: &Measure,
) -> Option<NumberOrigin> {
    let mut origin = bare(context, block, whose, measure)?;
    if matches!(measure, Measure::Score | Measure::Coaching(CoachingIndicator::Ind)) {
        origin.parts = Some(weighted(context, block, whose, measure));
        return Some(origin);
    }
    origin
        .formula
        .push_str(" Gabungan: pembilang dan penyebut semua faskes dijumlahkan lebih dulu, baru dihitung persennya.");
    let mut sum = Ratio::default();
    let mut rows = Vec::new();
    for member in members {
        let (value, ratio) = match measure {
            Measure::Coaching(indicator) => {
                let result = member.block.indicator(*indicator);
                (result.value, result.ratio)
            }
            Measure::Service(code) => {
                let result = member.block.service.iter().find(|result| result.code.eq_ignore_ascii_case(code));
                result.map_or((Value::NotReported, None), |result| (result.value, Some(result.ratio)))
            }
            Measure::Score => (Value::NotApplicable, None),
        };
        sum = sum + ratio.unwrap_or_default();
        rows.push(member_row(context, member, measure, value, ratio));
    }
    origin.parts = Some(members_table(context, rows, sum));
    origin.sum = Some(sum);
    Some(origin)
}

fn member_row(
    context: &PageContext<'_>,
    member: &FacilityResult,
    measure: &Measure,
    value: Value,
    ratio: Option<Ratio>,
) -> DataRow {
    let count = |pick: fn(Ratio) -> f64| {
        ratio.filter(|ratio| ratio.denominator > 0.0 || value != Value::NotApplicable).map_or(
            DataCell::Blank(if value == Value::NotReported { "belum lapor" } else { "tidak berlaku" }),
            |ratio| DataCell::Count(pick(ratio)),
        )
    };
    DataRow {
        cells: vec![
            DataCell::Facility(member.facility, context.facility(member.facility).name.clone()),
            count(|ratio| ratio.numerator),
            count(|ratio| ratio.denominator),
            DataCell::Figure(TableFigure {
                value,
                parts: None,
                is_low: false,
                is_main: false,
                origin: ratio.map(|_| context.address(Whose::Facility(member.facility), measure.clone())),
            }),
        ],
    }
}

fn members_table(context: &PageContext<'_>, rows: Vec<DataRow>, sum: Ratio) -> DataTable {
    DataTable {
        name: "bagian".to_owned(),
        title: "Faskes yang dijumlahkan".to_owned(),
        note: "Buka persen sebuah faskes untuk sampai ke selnya.".to_owned(),
        caption: context.caption(),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::number("pembilang", "Pembilang", "Pembilang"),
            DataColumn::number("penyebut", "Penyebut", "Penyebut"),
            DataColumn::number("persen", "Persen", "Persen"),
        ],
        rows,
        totals: vec![DataRow {
            cells: vec![
                DataCell::Text("Jumlah".to_owned()),
                DataCell::Count(sum.numerator),
                DataCell::Count(sum.denominator),
                DataCell::Figure(TableFigure {
                    value: sum.percent().map_or(Value::NotApplicable, Value::Number),
                    parts: None,
                    is_low: false,
                    is_main: false,
                    origin: None,
                }),
            ],
        }],
    }
}

struct WeightedPart {
    name: String,
    measure: Measure,
    value: Value,
    target: f64,
    performance: Option<f64>,
    weight: f64,
}

/// Score and IND: performances times weights.
fn weighted(context: &PageContext<'_>, block: &ResultBlock, whose: &Whose, measure: &Measure) -> DataTable {
    let parts: Vec<WeightedPart> = if *measure == Measure::Score {
        CoachingIndicator::ALL.map(|indicator| coaching_part(block, indicator)).into()
    } else {
        service_parts(context, block)
    };
    let applicable = parts.iter().filter_map(|part| part.performance.map(|value| (value, part.weight)));
    let (products, weights) =
        applicable.fold((0.0, 0.0), |(sum, weights), (value, weight)| (sum + value * weight, weights + weight));
    let rows = parts.into_iter().map(|part| weighted_row(context, whose, part)).collect();
    DataTable {
        name: "bagian".to_owned(),
        title: "Rincian bobot".to_owned(),
        note: "Yang tidak berlaku tidak ikut ditimbang.".to_owned(),
        caption: context.caption(),
        columns: vec![
            DataColumn::text("indikator", "Indikator"),
            DataColumn::number("capaian", "Capaian %", "Capaian (persen)"),
            DataColumn::number("target", "Target %", "Target (persen)"),
            DataColumn::number("kinerja", "Kinerja", "Kinerja (0–100)"),
            DataColumn::number("bobot", "Bobot", "Bobot"),
            DataColumn::number("hasil", "Kinerja × bobot", "Kinerja × bobot"),
        ],
        rows,
        totals: vec![DataRow {
            cells: vec![
                DataCell::Text("Jumlah".to_owned()),
                DataCell::Blank("tidak dijumlahkan"),
                DataCell::Blank("tidak dijumlahkan"),
                if weights > 0.0 {
                    DataCell::Text(format!("{} ÷ {}", format::number(products, 2), format::count(weights)))
                } else {
                    DataCell::Blank("tidak ada yang berlaku")
                },
                DataCell::Count(weights),
                DataCell::Text(format::number(products, 2)),
            ],
        }],
    }
}

fn coaching_part(block: &ResultBlock, indicator: CoachingIndicator) -> WeightedPart {
    let result = block.indicator(indicator);
    WeightedPart {
        name: indicator.name().to_owned(),
        measure: Measure::Coaching(indicator),
        value: result.value,
        target: result.target,
        performance: result.performance,
        weight: result.weight,
    }
}

fn service_parts(context: &PageContext<'_>, block: &ResultBlock) -> Vec<WeightedPart> {
    let services = context.evaluator.services(context.subject.puskesmas, context.subject.period.year());
    let parts = block.service.iter().map(|result| WeightedPart {
        name: services
            .iter()
            .find(|(index, _)| *index == result.service)
            .map_or_else(|| result.code.to_string(), |(_, definition)| definition.name.clone()),
        measure: Measure::Service(result.code.to_string()),
        value: result.value,
        target: result.target,
        performance: result.performance,
        weight: result.weight,
    });
    parts.collect()
}

fn weighted_row(context: &PageContext<'_>, whose: &Whose, part: WeightedPart) -> DataRow {
    let product = part.performance.map(|value| value * part.weight);
    let number = |value: Option<f64>| {
        value.map_or(DataCell::Blank("tidak berlaku"), |value| DataCell::Text(format::number(value, 2)))
    };
    DataRow {
        cells: vec![
            DataCell::Text(part.name),
            DataCell::Figure(TableFigure {
                value: part.value,
                parts: None,
                is_low: false,
                is_main: false,
                origin: Some(context.address(whose.clone(), part.measure)),
            }),
            DataCell::Text(format::number(part.target, 2)),
            number(part.performance),
            if part.performance.is_some() {
                DataCell::Count(part.weight)
            } else {
                DataCell::Blank("tidak ikut ditimbang")
            },
            number(product),
        ],
    }
}

/// The facts behind one contribution: itself, and for a slot also the changes that moved it and the visit that
/// served it.
pub fn facts_behind(context: &PageContext<'_>, contribution: &Contribution) -> Vec<FactRef> {
    let fact = &contribution.fact;
    let FactKey::Slot(planned) = fact.key else { return vec![fact.clone()] };
    let facts = context.evaluator.facts();
    let of = |key: FactKey| FactRef { facility: fact.facility, key };
    let mut behind = vec![fact.clone()];
    let slot = context
        .facility_result(fact.facility)
        .and_then(|result| result.slots.iter().find(|slot| slot.planned == planned));
    let Some(slot) = slot else { return behind };
    if slot.effective != Some(planned) {
        let changes = facts.changes.iter().filter(|change| change.facility == fact.facility);
        // A change may name the slot's current month: then the one that led to it counts too.
        let named = changes.filter(|change| change.named == planned || change.moved_to == slot.effective);
        behind.extend(named.map(|change| of(FactKey::ScheduleChange(change.named))));
    }
    let visits = facts.visits.iter().filter(|visit| visit.facility == fact.facility && Some(visit.date) == slot.visit);
    behind.extend(visits.map(|visit| of(FactKey::Visit(visit.date, visit.form.clone()))));
    behind
}

/// The fields of an achievement.
const ACHIEVEMENT: [Field; 3] = [Field::Denominator, Field::Numerator, Field::Accumulated];

/// The fields of facts that a measure looks at.
pub fn fields_of(measure: &Measure) -> &'static [Field] {
    let Measure::Coaching(indicator) = measure else { return &ACHIEVEMENT };
    match indicator {
        CoachingIndicator::Cak | CoachingIndicator::Jdw => &[Field::Month, Field::MovedTo, Field::Reason, Field::Date],
        CoachingIndicator::Dtk => &[Field::Date, Field::Points, Field::Maximum],
        CoachingIndicator::Bkt => {
            &[Field::Date, Field::Form, Field::Points, Field::AttendanceList, Field::Minutes, Field::Photos]
        }
        CoachingIndicator::Rtl => &[Field::Item, Field::Date, Field::Due, Field::Done],
        CoachingIndicator::Lok => &[Field::Invited, Field::Attended],
        CoachingIndicator::Klp | CoachingIndicator::Tpt => {
            &[Field::Month, Field::ReceivedOn, Field::Complete, Field::InTime]
        }
        CoachingIndicator::Ind => &ACHIEVEMENT,
    }
}

/// The formula of a coaching indicator in words; reports are due on `due_day` of the month after.
pub fn coaching_formula(indicator: CoachingIndicator, due_day: u32) -> String {
    match indicator {
        CoachingIndicator::Cak => {
            "Jadwal yang dikunjungi ÷ jadwal yang bulan berlakunya ada dalam periode, × 100. Tidak dihitung: yang belum waktunya, yang dibatalkan, dan yang rekap bulannya belum diterima.".to_owned()
        }
        CoachingIndicator::Jdw => {
            "Jadwal yang dikunjungi pada bulan aslinya ÷ jadwal yang bulan aslinya ada dalam periode dan sudah dikunjungi atau sudah lewat, × 100. Yang dibatalkan ikut dihitung, yang belum dilaporkan tidak.".to_owned()
        }
        CoachingIndicator::Dtk => {
            "Jumlah skor ÷ jumlah skor maksimal daftar tilik, × 100, atas kunjungan dalam periode yang punya skor.".to_owned()
        }
        CoachingIndicator::Bkt => {
            "Bukti yang ada ÷ bukti yang wajib, × 100, atas kunjungan dalam periode. Pertemuan: daftar hadir, notulen, foto; bentuk lain: daftar tilik terisi dan foto; kecuali SK menentukan lain.".to_owned()
        }
        CoachingIndicator::Rtl => {
            "RTL yang selesai sampai tanggal data ÷ RTL yang batas waktunya ada dalam periode dan sudah jatuh tempo atau sudah selesai, × 100.".to_owned()
        }
        CoachingIndicator::Lok => "Lokmin yang dihadiri ÷ lokmin yang diundang, × 100, menurut bulan lokminnya.".to_owned(),
        CoachingIndicator::Klp => format!(
            "Laporan bulanan yang diterima sampai tanggal data ÷ laporan yang jatuh tempo (tanggal {due_day}) dalam periode, × 100. Hanya bulan yang rekap laporannya sudah diterima. Laporan bertanda lengkap tanpa tanggal dihitung sejak jatuh temponya, yang terlambat sehari sesudahnya."
        ),
        CoachingIndicator::Tpt => format!(
            "Laporan bulanan yang diterima paling lambat tanggal {due_day} bulan berikutnya ÷ laporan yang jatuh tempo dalam periode, × 100. Hanya bulan yang rekap laporannya sudah diterima. Laporan yang diterima tanpa diketahui tepat waktu atau tidak, tidak dihitung."
        ),
        CoachingIndicator::Ind => {
            "Jumlah (kinerja indikator layanan × bobotnya) ÷ jumlah bobot, atas indikator layanan yang dilaporkan.".to_owned()
        }
    }
}

/// The formula of a service indicator in words.
pub fn service_formula(aggregation: Aggregation, direction: Direction) -> String {
    let how = match aggregation {
        Aggregation::Sum => "Jumlah capaian ÷ jumlah sasaran bulan-bulan yang dilaporkan dalam periode, × 100.",
        Aggregation::Cumulative => {
            "Jumlah capaian sejak Januari ÷ sasaran setahun (yang terakhir dilaporkan), × 100. Target jatuh tempo seperdua belas setiap bulan."
        }
        Aggregation::Last => "Capaian ÷ sasaran pada bulan terakhir yang dilaporkan dalam periode, × 100.",
    };
    match direction {
        Direction::HigherIsBetter => how.to_owned(),
        Direction::LowerIsBetter => {
            format!("{how} Makin rendah makin baik: kinerja = (2 × target − capaian) ÷ target × 100.")
        }
    }
}
