//! Pemantauan wilayah setempat of one service indicator: the chart and the analysis beside it.

use crate::analytics::{self, PwsRow, PwsTable};
use crate::charts::{Chart, ChartKind, MarkAnswer, MarkTarget, MarkedFigure, Pws, PwsColumn, PwsTargets, PwsTrend};
use crate::definitions::PwsChoice;
use crate::domain::{Aggregation, Direction, Period, PeriodKind, Ratio, Value, format};

use super::context::PageContext;
use super::figure::{Measure, Whose};
use super::mark;
use super::page::{PanelBody, PwsPanel};
use super::table::{DataCell, DataColumn, DataRow, DataTable, TableFigure};

/// The PWS of the service indicator that the panel names, or of the one that the reader chose.
pub fn pws_panel(context: &PageContext<'_>, of: &PwsChoice, id: &str) -> PanelBody {
    let subject = context.subject;
    let services = context.evaluator.services(subject.puskesmas, subject.period.year());
    let wanted = match of {
        PwsChoice::Service(code) => Some(code.as_str()),
        PwsChoice::Each => context.choice.service.as_deref(),
    };
    let found = match wanted {
        Some(code) => services.iter().find(|(_, definition)| definition.code.eq_ignore_ascii_case(code)),
        None => services.first(),
    };
    let begun = subject.period.last_begun_month(subject.as_of);
    let Some(((service, definition), month)) = found.zip(begun) else {
        let year = subject.period.year();
        return PanelBody::Empty(format!("Belum ada indikator layanan yang dapat dipantau untuk tahun {year}."));
    };
    let Some(table) = analytics::pws(context.evaluator, subject.puskesmas, *service, month, subject.as_of) else {
        return PanelBody::Empty(format!("{} tidak berlaku pada tahun ini.", definition.name));
    };
    let choices = match of {
        PwsChoice::Service(_) => Vec::new(),
        PwsChoice::Each => services.iter().map(|(_, d)| (d.code.clone(), d.name.clone())).collect(),
    };
    PanelBody::Pws(Box::new(PwsPanel {
        choices,
        chosen: definition.code.clone(),
        chart: chart(context, &table),
        analysis: analysis(context, &table, id),
    }))
}

fn chart(context: &PageContext<'_>, table: &PwsTable) -> Chart {
    let definition = &table.definition;
    let cumulative = definition.aggregation == Aggregation::Cumulative;
    let above = table.rows.iter().filter(|row| row.above_target == Some(true)).count();
    let known = table.rows.iter().filter(|row| row.above_target.is_some()).count();
    let due = format!("{} %", format::percent(table.target_due));
    let (measure, targets) = if cumulative {
        let measure =
            format!("Persen kumulatif terhadap sasaran setahun; target berjalan {} {due}", format::month(table.month));
        (measure, PwsTargets::Monthly(table.monthly_targets))
    } else {
        (format!("Persen; target {due}"), PwsTargets::Flat(table.target_due))
    };
    let verb =
        if definition.direction == Direction::LowerIsBetter { "di atas garis (arah turun)" } else { "di atas target" };
    let short = definition.name.trim();
    let until = format::month(table.month);
    let (title, finding) = if known == 0 {
        (format!("{short}: belum ada faskes yang melapor sampai {until}"), "Belum ada faskes yang melapor".to_owned())
    } else {
        let finding = format!("{above} dari {known} faskes yang melapor {verb}");
        (format!("{short}: {above} dari {known} faskes {verb} sampai {until}"), finding)
    };
    Chart {
        title,
        subtitle: measure,
        source: context.source_of(&reported(table)),
        description: format!(
            "Batang tegak, satu per faskes, urut dari yang tertinggi; Puskesmas di ujung kanan dengan {}. {finding}.",
            percent_words(table.total.cumulative)
        ),
        kind: ChartKind::Pws(Pws {
            month: table.month.month(),
            targets,
            columns: table.rows.iter().map(|row| column(context, table, row)).collect(),
            total: column(context, table, &table.total),
        }),
    }
}

/// `9 dari 12 faskes melapor November 2023`: of those to whom the indicator applies, who reported this month.
fn reported(table: &PwsTable) -> String {
    let month = format::month(table.month);
    match table.rows.len() {
        0 => format!("belum ada faskes yang melaporkan {} sampai {month}", table.definition.code),
        of => format!("{} dari {of} faskes melapor {} {month}", table.reported(), table.definition.code),
    }
}

fn percent_words(ratio: Option<Ratio>) -> String {
    ratio.and_then(Ratio::percent).map_or_else(|| "belum lapor".to_owned(), |v| format!("{} %", format::percent(v)))
}

/// Counts, target and state of a column, and where its figure comes from.
fn answer(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> MarkAnswer {
    let state = match (row.cumulative.is_some(), row.this_month.is_some()) {
        (true, true) => format!("{} dilaporkan", format::month(table.month)),
        (true, false) => format!("{} belum dilaporkan", format::month(table.month)),
        (false, _) => "belum lapor".to_owned(),
    };
    let target = format!("target {} %", format::percent(table.target_due));
    let detail = mark::detail([mark::counts(row.cumulative), Some(target), Some(state)]);
    let target = match row.facility {
        Some(facility) if row.cumulative.is_none() => MarkTarget::Facility(facility),
        facility => MarkTarget::Figure(MarkedFigure {
            facility,
            group: None,
            measure: Measure::Service(table.definition.code.clone()).code(),
            period: figure_period(context, table),
        }),
    };
    MarkAnswer::new(detail, target)
}

/// Period whose figure the column shows: a month of an indicator that does not accumulate, else the page's.
fn figure_period(context: &PageContext<'_>, table: &PwsTable) -> Period {
    if table.definition.aggregation == Aggregation::Cumulative {
        return context.subject.period;
    }
    Period::containing(PeriodKind::Month, table.month)
}

fn column(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> PwsColumn {
    let percent = |ratio: Option<Ratio>| ratio.and_then(Ratio::percent);
    PwsColumn {
        name: row.facility.map_or_else(|| "PUSKESMAS".to_owned(), |index| context.facility(index).name.clone()),
        cumulative: percent(row.cumulative),
        this_month: percent(row.this_month),
        last_month: percent(row.last_month),
        trend: row.trend.map(|trend| match trend {
            analytics::Trend::Rising => PwsTrend::Rising,
            analytics::Trend::Level => PwsTrend::Level,
            analytics::Trend::Falling => PwsTrend::Falling,
        }),
        answer: answer(context, table, row),
    }
}

fn analysis(context: &PageContext<'_>, table: &PwsTable, id: &str) -> DataTable {
    let month = format::month(table.month);
    DataTable {
        name: id.to_owned(),
        title: "Analisis PWS".to_owned(),
        note:
            "Baik/Kurang/Cukup/Jelek di tabel ini adalah status PWS (posisi terhadap target dan bulan lalu), bukan status skor pembinaan."
                .to_owned(),
        caption: format!("{month} · data per {} · {}", format::date(context.subject.as_of), reported(table)),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::number("kumulatif", "Kumulatif", "Kumulatif (persen)"),
            DataColumn::text("target", "Terhadap target"),
            DataColumn::number("bulan-ini", "Bulan ini", "Bulan ini (persen)"),
            DataColumn::number("bulan-lalu", "Bulan lalu", "Bulan lalu (persen)"),
            DataColumn::text("tren", "Terhadap bulan lalu"),
            DataColumn::text("pws", "Status PWS"),
            DataColumn::text("saran", "Saran tindak lanjut"),
        ],
        rows: table.rows.iter().map(|row| analysis_row(context, table, row)).collect(),
        totals: vec![analysis_row(context, table, &table.total)],
    }
}

/// Why this month cannot be compared with the month before.
fn without_trend(row: &PwsRow) -> &'static str {
    match (row.this_month.is_some(), row.last_month.is_some()) {
        (true, true) => "sasaran 0, tidak dapat dibandingkan",
        (true, false) => "bulan lalu belum lapor",
        (false, true) => "bulan ini belum lapor",
        (false, false) => "kedua bulan belum lapor",
    }
}

fn analysis_row(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> DataRow {
    let name = row.facility.map_or_else(
        || DataCell::Text("Puskesmas".to_owned()),
        |index| DataCell::Facility(index, context.facility(index).name.clone()),
    );
    let above = match row.above_target {
        Some(true) => DataCell::Text("di atas".to_owned()),
        Some(false) => DataCell::Text("di bawah".to_owned()),
        None => DataCell::Blank("belum lapor"),
    };
    let status = match (row.status, row.above_target, row.trend) {
        (Some(status), Some(above), trend) => {
            let arrow = if above { "↑" } else { "↓" };
            let trend = trend.map_or("", analytics::Trend::arrow);
            DataCell::Text(format!("{} {arrow}{trend}", status.label()))
        }
        _ if row.cumulative.is_none() => DataCell::Blank("belum lapor"),
        _ => DataCell::Blank("belum dapat dinilai"),
    };
    let trend = row.trend.map_or(DataCell::Blank(without_trend(row)), |trend| {
        DataCell::Text(format!("{} {}", trend.label(), trend.arrow()))
    });
    DataRow {
        cells: vec![
            name,
            figure(context, table, row),
            above,
            plain(row.this_month),
            plain(row.last_month),
            trend,
            status,
            DataCell::Text(suggestion(table, row)),
        ],
    }
}

/// The cumulative figure is the one of the month as a period: that is what it leads to.
fn figure(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> DataCell {
    let Some(ratio) = row.cumulative else { return DataCell::Blank("belum lapor") };
    let whose = row.facility.map_or_else(|| Whose::Total(context.everyone()), Whose::Facility);
    let mut address = context.address(whose, Measure::Service(table.definition.code.clone()));
    address.period = figure_period(context, table);
    DataCell::Figure(TableFigure {
        value: ratio.percent().map_or(Value::CannotCompute, Value::Number),
        parts: Some((ratio.numerator, ratio.denominator)),
        is_low: false,
        is_main: false,
        origin: Some(address),
    })
}

fn plain(ratio: Option<Ratio>) -> DataCell {
    let Some(ratio) = ratio else { return DataCell::Blank("belum lapor") };
    DataCell::Figure(TableFigure {
        value: ratio.percent().map_or(Value::CannotCompute, Value::Number),
        parts: Some((ratio.numerator, ratio.denominator)),
        is_low: false,
        is_main: false,
        origin: None,
    })
}

/// Advises what to do next, with the number that is missing where it can be said.
fn suggestion(table: &PwsTable, row: &PwsRow) -> String {
    use crate::domain::PwsStatus;
    let gap = row.cumulative.map(|ratio| table.target_due / 100.0 * ratio.denominator - ratio.numerator);
    let missing = gap
        .filter(|gap| *gap > 0.0 && table.definition.direction == Direction::HigherIsBetter)
        .map(|gap| format!(" (kurang {} sasaran dari target)", format::count((gap - 1e-9).ceil())))
        .unwrap_or_default();
    match row.status {
        None => requested(table, row),
        Some(PwsStatus::Baik) => "Pertahankan".to_owned(),
        Some(PwsStatus::Kurang) => "Cari penyebab turunnya bulan ini".to_owned(),
        Some(PwsStatus::Cukup) => format!("Lanjutkan percepatan{missing}"),
        Some(PwsStatus::Jelek) => format!("Dahulukan pembinaan, bahas di lokmin{missing}"),
    }
}

/// Names the months that are asked for, where no status can be said.
fn requested(table: &PwsTable, row: &PwsRow) -> String {
    let this = format::month(table.month);
    let last = format::month(table.month.plus(-1));
    match (row.this_month.is_some(), row.last_month.is_some()) {
        (false, _) if row.cumulative.is_none() => format!("Minta laporan {this}"),
        (false, true) => format!("Minta laporan {this}"),
        (false, false) => format!("Minta laporan {last} dan {this}"),
        (true, false) => format!("Lengkapi laporan {last} agar tren dapat dibaca"),
        (true, true) => "Periksa sasaran: nol tidak dapat dibagi".to_owned(),
    }
}
