//! The assessment of the eight parameters and the matters that meetings handed to the district, as parts of the report to
//! the district's team. Printed as they were written.

use super::described;
use super::written::reached;
use crate::dashboard::PageContext;
use crate::domain::district_assessment::YearAssessment;
use crate::domain::district_case::CaseSide;
use crate::domain::district_parameter::DistrictParameter;
use crate::domain::records::Field;
use crate::domain::written::DistrictMatter;
use crate::domain::{Date, Month, Table, format};
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};

/// The parts of which something is written.
pub(super) fn parts(context: &PageContext<'_>) -> Vec<Part> {
    assessment(context).into_iter().chain(matters(context)).collect()
}

/// The eight parameters of the paper's year by both sides; none where neither assessed anything.
fn assessment(context: &PageContext<'_>) -> Option<Part> {
    let written = &context.evaluator.facts().written;
    let year = context.subject.period.year();
    let of = |side| YearAssessment::new(written, context.subject.puskesmas, year, side);
    let own = of(CaseSide::Puskesmas);
    let team = of(CaseSide::Team);
    if own.is_empty() && team.is_empty() {
        return None;
    }
    let points = |assessment: &YearAssessment, parameter| {
        let points = assessment.points(parameter);
        points.map_or(PaperCell::Blank, |points| PaperCell::Count(f64::from(points.points)))
    };
    let rows = DistrictParameter::ALL.map(|parameter| {
        let gap = team.difference(&own, parameter);
        vec![
            PaperCell::words(parameter.label()),
            points(&own, parameter),
            points(&team, parameter),
            PaperCell::words(&gap.map(format::percent).unwrap_or_default()),
        ]
    });
    let conclusions = format!(
        "Kesimpulan penilaian mandiri: {}; kesimpulan TPCB: {}.",
        own.conclusion().label(),
        team.conclusion().label()
    );
    let table = PaperTable {
        title: format!("Penilaian delapan parameter tahun {year}"),
        note: conclusions,
        columns: vec![
            PaperColumn::text("Parameter", 30.0),
            PaperColumn::number("Penilaian mandiri", 16.0),
            PaperColumn::number("Penilaian TPCB", 16.0),
            PaperColumn::text("Selisih (poin persen)", 18.0),
        ],
        rows: rows.into(),
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    };
    Some(Part::portrait("Penilaian", vec![Block::Table(numbered(table))]))
}

/// Matters of meetings up to the paper's day, those of the period and older ones that are open; none where there is none.
fn matters(context: &PageContext<'_>) -> Option<Part> {
    let block = matters_block(context)?;
    Some(Part::landscape("Masalah untuk dinas", vec![block]))
}

/// The same as a table, for the material of the next meeting too.
pub(super) fn matters_block(context: &PageContext<'_>) -> Option<Block> {
    let subject = context.subject;
    let as_of = subject.as_of;
    let rows = context.evaluator.facts().written.district_matters.iter();
    let rows = rows.filter(|owned| owned.puskesmas == subject.puskesmas && owned.row.date <= as_of);
    let is_shown = |row: &&DistrictMatter| subject.period.contains(Month::from_date(row.date)) || !row.is_done(as_of);
    let day = |date: Option<Date>| reached(date, as_of).map_or(PaperCell::Blank, PaperCell::Date);
    let words = |text: &Option<String>| PaperCell::words(text.as_deref().unwrap_or_default());
    let row = |row: &DistrictMatter| {
        let answer = row.answer.clone().filter(|_| row.is_answered(as_of));
        vec![
            PaperCell::Date(row.date),
            words(&row.meeting),
            PaperCell::words(&row.problem),
            words(&row.asked),
            day(row.sent),
            words(&answer),
            day(row.answered),
            day(row.done),
        ]
    };
    let rows: Vec<Vec<PaperCell>> = rows.map(|owned| &owned.row).filter(is_shown).map(row).collect();
    let table = PaperTable {
        title: "Masalah untuk Dinas Kesehatan".to_owned(),
        note: String::new(),
        columns: vec![
            described(Table::DistrictMatters, Field::Date, 15.0),
            described(Table::DistrictMatters, Field::Meeting, 14.0),
            described(Table::DistrictMatters, Field::Problem, 24.0),
            described(Table::DistrictMatters, Field::ForDistrict, 20.0),
            described(Table::DistrictMatters, Field::Sent, 15.0),
            described(Table::DistrictMatters, Field::Agreed, 22.0),
            described(Table::DistrictMatters, Field::Answered, 15.0),
            described(Table::DistrictMatters, Field::Done, 15.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    };
    (!table.rows.is_empty()).then(|| Block::Table(numbered(table)))
}
